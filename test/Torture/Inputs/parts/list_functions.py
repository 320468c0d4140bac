"""Lists the functions of a file that have something to differentiate: list_functions.py FILE FLAGS…

Prints a JSON list with a name for each that `adgen --function` finds it by. A function counts if it is defined in
the file and a parameter, or the object of a method, holds a floating number, directly or behind references,
pointers, arrays and members. A function template is asked for with `double` for each of its types.
Needs the Python bindings of libclang (python3-clang-22). Exit status 1: the file does not compile.
"""
import json
import sys

# Debian's Python packages, also for another Python.
sys.path.append("/usr/lib/python3/dist-packages")

from clang.cindex import Config, CursorKind, Index, TypeKind  # noqa: E402

FLOATING = {getattr(TypeKind, name) for name in ["FLOAT", "DOUBLE", "LONGDOUBLE", "FLOAT128", "FLOAT16", "HALF", "BFLOAT16",
                                               "COMPLEX"]}
POINTERS = {TypeKind.POINTER, TypeKind.LVALUEREFERENCE, TypeKind.RVALUEREFERENCE}
ARRAYS = {TypeKind.CONSTANTARRAY, TypeKind.INCOMPLETEARRAY, TypeKind.VARIABLEARRAY, TypeKind.DEPENDENTSIZEDARRAY,
          TypeKind.VECTOR, TypeKind.EXTVECTOR}
FUNCTIONS = {CursorKind.FUNCTION_DECL, CursorKind.CXX_METHOD}
SCOPES = {CursorKind.NAMESPACE, CursorKind.STRUCT_DECL, CursorKind.CLASS_DECL, CursorKind.UNION_DECL,
          CursorKind.LINKAGE_SPEC, CursorKind.UNEXPOSED_DECL}


def has_floating(type_, depth=6):
    """Whether there is a floating number in an object of the type, or in what it points to."""
    type_ = type_.get_canonical()
    if type_.kind in FLOATING:
        return True
    if depth == 0:
        return False
    if type_.kind in POINTERS:
        return has_floating(type_.get_pointee(), depth - 1)
    if type_.kind in ARRAYS:
        return has_floating(type_.element_type, depth - 1)
    if type_.kind == TypeKind.RECORD:
        arguments = (type_.get_template_argument_type(i) for i in range(max(type_.get_num_template_arguments(), 0)))
        return any(has_floating(part, depth - 1)
                   for part in [*(field.type for field in type_.get_fields()), *arguments])
    return False


def name_of(cursor, scopes):
    types = ", ".join(parameter.type.get_canonical().spelling for parameter in cursor.get_arguments())
    return "::".join([*scopes, cursor.spelling]) + f"({types})"


def name_of_template(cursor, scopes):
    """With `double` for each type, if it has no other parameters; else None."""
    parts = list(cursor.get_children())
    parameters = [part for part in parts if part.kind.name.startswith("TEMPLATE_")
                  and part.kind in (CursorKind.TEMPLATE_TYPE_PARAMETER, CursorKind.TEMPLATE_NON_TYPE_PARAMETER,
                                    CursorKind.TEMPLATE_TEMPLATE_PARAMETER)]
    if not all(p.kind == CursorKind.TEMPLATE_TYPE_PARAMETER for p in parameters) or \
            not any(part.kind == CursorKind.PARM_DECL for part in parts):
        return None
    return "::".join([*scopes, cursor.spelling]) + f"<{', '.join(['double'] * len(parameters))}>"


def is_in_template(cursor):
    parent = cursor.semantic_parent
    while parent and parent.kind != CursorKind.TRANSLATION_UNIT:
        if parent.kind in (CursorKind.CLASS_TEMPLATE, CursorKind.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION):
            return True
        parent = parent.semantic_parent
    return False


def functions_of(cursor, file):
    for child in cursor.get_children():
        location = child.location
        if location.file is None or location.file.name != file or is_in_template(child):
            continue
        if child.kind in FUNCTIONS and child.is_definition() and child.spelling != "main":
            has_object = child.kind == CursorKind.CXX_METHOD and not child.is_static_method() and \
                has_floating(child.semantic_parent.type)
            if has_object or any(has_floating(p.type) for p in child.get_arguments()):
                yield name_of(child, scopes_of(child))
        elif child.kind == CursorKind.FUNCTION_TEMPLATE and child.is_definition():
            name = name_of_template(child, scopes_of(child))
            if name:
                yield name
        elif child.kind in SCOPES:
            yield from functions_of(child, file)


def scopes_of(cursor):
    """The names of all that a function is a member of, wherever it is defined."""
    names, parent = [], cursor.semantic_parent
    while parent and parent.kind != CursorKind.TRANSLATION_UNIT:
        if parent.spelling and not parent.is_anonymous():
            names.insert(0, parent.spelling)
        parent = parent.semantic_parent
    return names


def main():
    file, *flags = sys.argv[1:]
    Config.set_library_file("libclang-22.so")
    unit = Index.create().parse(file, ["-x", "c++", *flags])
    if any(diagnostic.severity >= 3 for diagnostic in unit.diagnostics):
        sys.exit(1)
    print(json.dumps(list(dict.fromkeys(functions_of(unit.cursor, file)))))


if __name__ == "__main__":
    main()
