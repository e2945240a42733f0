import sax from 'sax';

/** An element of a document, its names resolved. */
export interface XmlElement {
  /** Namespace address. */
  ns: string;
  name: string;
  /** Those without a namespace, which is all that we read. */
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** The character data directly within. */
  text: string;
}

/** `strictEntities`: what HTML calls `&nbsp;` is an error in XML. */
const OPTIONS = { xmlns: true, position: false, strictEntities: true };

/** More than any answer that we ask for has; what is larger would only cost memory. */
const MOST_ELEMENTS = 400_000;
const DEEPEST = 64;

/**
 * Parses XML with namespaces. Document types are refused, so there are no entities but the five of XML itself.
 * @returns `null` for what is not well-formed, HTML as a rule
 */
export function parseXml(text: string): XmlElement | null {
  const parser = sax.parser(true, OPTIONS);
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  const addText = (more: string): void => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  const refuse = (): never => {
    throw new Unfit();
  };
  const handlers: Partial<sax.SAXParser> = {
    onopentag(tag) {
      const { uri, local, attributes } = tag as sax.QualifiedTag;
      const plain = Object.values(attributes).filter((one) => one.prefix === '');
      const named = Object.fromEntries(plain.map((one) => [one.local, one.value]));
      const element: XmlElement = { ns: uri, name: local, attributes: named, children: [], text: '' };
      elements += 1;
      if (elements > MOST_ELEMENTS || open.length >= DEEPEST) throw new Unfit();
      open.at(-1)?.children.push(element);
      root ??= element;
      open.push(element);
    },
    onclosetag: () => void open.pop(),
    ontext: addText,
    oncdata: addText,
    ondoctype: refuse,
    onerror: refuse,
  };
  Object.assign(parser, handlers);
  try {
    parser.write(text.replace(/^\uFEFF/, '')).close();
  } catch (error) {
    if (error instanceof Unfit) return null;
    throw error;
  }
  return root;
}

class Unfit extends Error {}

/** The first child of a name. */
export function childOf(element: XmlElement | null, ns: string, name: string): XmlElement | null {
  return element?.children.find((child) => child.ns === ns && child.name === name) ?? null;
}

/** All children of a name. */
export function childrenOf(element: XmlElement | null, ns: string, name: string): XmlElement[] {
  return element?.children.filter((child) => child.ns === ns && child.name === name) ?? [];
}

/** Text for an element's content. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
