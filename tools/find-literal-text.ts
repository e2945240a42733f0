import fs from 'node:fs';
import ts from 'typescript';

/** Attributes that people read or hear. */
const READ = new Set([
  ...['alt', 'aria-label', 'description', 'label', 'lead', 'no', 'nothingFoundMessage', 'noEventsContent'],
  ...['placeholder', 'title', 'words', 'yes'],
]);

/**
 * Text for people that stands in a component instead of in a message: between tags, and in attributes that are read. Beside
 * it calls of `t` while a module is loaded, which would stay in the language of that moment.
 * @returns a line each: `path:line what`
 */
export function findLiteralText(path: string, text = fs.readFileSync(path, 'utf8')): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${path}:${line + 1} ${what}`);
  };
  const visit = (node: ts.Node, isCalledLater: boolean): void => {
    if (ts.isJsxText(node) && isText(node.text)) note(node, node.text.trim());
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText(source))) {
      for (const literal of literalsOf(node.initializer)) if (isText(literal.text)) note(literal, literal.text);
    }
    if (!isCalledLater && ts.isCallExpression(node) && node.expression.getText(source) === 't') note(node, 'early t()');
    ts.forEachChild(node, (child) => visit(child, isCalledLater || ts.isFunctionLike(node)));
  };
  visit(source, false);
  return found;
}

/** Also those that are chosen from: `a ? 'One' : 'Two'`, `{'One'}`, `` `One ${b}` ``. */
function literalsOf(node: ts.Node | undefined): (ts.StringLiteralLike | ts.TemplateHead)[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return [node];
  if (ts.isJsxExpression(node)) return literalsOf(node.expression);
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isTemplateExpression(node)) return literalsOf(node.head);
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  return [];
}

/** The name of the business is the same in every language. */
function isText(text: string): boolean {
  return /\p{L}/u.test(text.replace('VALClean', ''));
}
