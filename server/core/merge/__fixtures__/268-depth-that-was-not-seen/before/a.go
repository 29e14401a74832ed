func f() {
	save()
}
