/** The page with its style and script, made by `scripts/dashboard-page.ts`. */
export declare const PAGE: string;
