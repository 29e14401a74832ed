import { ApolloServer } from "@apollo/server";
import gql from "graphql-tag";

export const typeDefs = gql`
  type Book {
    title: String
    pages: Int!
  }
  type Query {
    books: [Book]
  }
`;

const more = `#graphql
  type Mutation {
    addBook(title: String!): Book
  }
`;

export const BOOKS = gql`
  query Books {
    books {
      title
      type
    }
  }
  ${"fragment"}
`;
