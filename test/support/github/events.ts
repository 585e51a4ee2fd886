import { type CommentRecord, type IssueRecord, showComment, showIssue, showUser } from "./records.ts";

/** What GitHub hands a workflow when somebody has commented, made of the same parts as its API answers. */
export function commentEvent(name: string, issue: IssueRecord, comment: CommentRecord) {
  const [owner = ""] = name.split("/");
  return {
    action: "created",
    issue: showIssue(name, issue),
    comment: showComment(name, issue, comment),
    repository: { full_name: name, owner: showUser({ login: owner, type: "User" }) },
    sender: showUser(comment.author),
  };
}
