<?php
class Main { public function run() {} }
function helper() {}
