import fc from "fast-check";
import { expect, it } from "vitest";
import { shellEdits } from "../../../src/domain/coding-tools/shell-edits.ts";

it.each([
  ["sed -i s/1/2/ src/a.ts", "src/a.ts"],
  ["sed -i.bak -e 's/1/2/' -e s/3/4/ src/a.ts b.ts", "src/a.ts b.ts"],
  ["sed -Ei 's/(a)/b/' 'my file.ts'", "my file.ts"],
  ["sed --in-place s/1/2/ a", "a"],
  ["sed -n 1,5p src/a.ts", ""],
  ["perl -pi -e 's/1/2/' src/a.ts", "src/a.ts"],
  ["cat > src/a.ts <<X\nrm b.ts\nX\necho x >> c.ts", "src/a.ts c.ts"],
  ["cat <<'EOF' | tee -a src/a.ts >/dev/null\nmv x y\nEOF", "src/a.ts"],
  ["cat <<-EOF >a\n\trm b\n\tEOF\nrm c", "a c"],
  ["git mv src/a.ts src/b.ts", "src/a.ts src/b.ts src/b.ts/a.ts"],
  ["git rm -f a && git restore --staged b; git checkout main -- c d", "a b c d"],
  ["git checkout main && git status", ""],
  ["mv src/a.ts lib/", "src/a.ts lib/ lib/a.ts"],
  ["cp a.ts b.ts", "b.ts b.ts/a.ts"],
  ["echo 'a > b' \"c > d\" \\> e # > f", ""],
  ["echo a >b 2>&1 2>err &>all >|forced", "b err all forced"],
  ["tee out <in", "out"],
  ["printf x>'a b'", "a b"],
  ["echo 1 > $FILE; rm *.ts; echo 2 > ~/x", ""],
  ["cd src && sed -i s/1/2/ a.ts; cd ../lib; rm /tmp/x b.ts", "src/a.ts /tmp/x src/../lib/b.ts"],
  ['cd "$DIR" && rm a /b', "/b"],
  ["bash -lc 'cd src; sed -i s/1/2/ a.ts'", "src/a.ts"],
  ["sudo env A=1 B=2 tee a", "a"],
  ["if true; then rm a; fi", "a"],
  ["X=$(sed -i s/1/2/ a)", "a"],
  ["dd if=a of=b; truncate -s 0 c", "b 0 c"],
  ["npm test && ls -la | grep src/a.ts", ""],
  ["/usr/bin/sed -i s/1/2/ a", "a"],
])("%j changes %j", (line, edits) => {
  expect(shellEdits(line).join(" ")).toBe(edits);
});

it("starts in the folder of the tool", () => {
  expect(shellEdits("rm a; cd b; rm c", "src")).toEqual(["src/a", "src/b/c"]);
});

it("answers any line soon", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("'", '"', "\\", ">", "<<A", "\n", "rm ", "a", "$(", "(", "#"), {
        maxLength: 30,
      }),
      (parts) => {
        expect(Array.isArray(shellEdits(parts.join("")))).toBe(true);
      },
    ),
  );
  for (const part of ["'", '"', "\\", "<<A\n", "#", "a#", '"\\', "$(", "sh -c "]) {
    const start = performance.now();
    shellEdits(part.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(1000);
  }
});
