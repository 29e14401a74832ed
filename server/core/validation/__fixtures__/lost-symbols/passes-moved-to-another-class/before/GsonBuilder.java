class GsonBuilder {
}
