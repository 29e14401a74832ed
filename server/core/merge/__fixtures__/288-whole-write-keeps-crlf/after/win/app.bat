@echo off
echo 2
echo two
