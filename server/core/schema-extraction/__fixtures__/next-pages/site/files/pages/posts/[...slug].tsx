import type { GetServerSideProps } from "next";

const Post = () => <article />;

export const getServerSideProps: GetServerSideProps = async () => ({ props: {} });

export default Post;
