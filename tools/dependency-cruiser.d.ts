declare module '*/.dependency-cruiser.mjs' {
  const config: { forbidden: { name: string; comment: string }[]; options: object };
  export default config;
}
