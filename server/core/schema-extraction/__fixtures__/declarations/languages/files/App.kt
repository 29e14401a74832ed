class App {
    fun run() {}
}

fun main() {}
