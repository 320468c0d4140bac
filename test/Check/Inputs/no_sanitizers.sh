# A compiler that has no sanitizers.
for word in "$@"; do
  case $word in
  -fsanitize*) exit 1 ;;
  esac
done
exec g++ "$@"
