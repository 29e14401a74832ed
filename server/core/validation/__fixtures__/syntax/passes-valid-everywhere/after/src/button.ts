export const Button = styled.button<{ wide: boolean }>`
  width: ${(p) => (p.wide ? "100%" : "auto")};
`;
