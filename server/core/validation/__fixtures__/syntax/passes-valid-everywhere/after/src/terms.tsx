export const Terms = () => <p>Terms & Conditions</p>;
