package org.obverse.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.plugin.ApiVersion;

/** Everything of the API that a plugin can name: one line per type, and below it, indented, one per member. */
final class ApiSurface {
    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;
    private static final int SHOWN = VISIBLE | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private ApiSurface() {}

    /** The first line, by which the rest is dated. */
    static String header() {
        return "api " + ApiVersion.CURRENT;
    }

    /** The surface of the classes as they were compiled. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(header()));
        types().stream().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            lines.add(type(type));
            members(type).stream().sorted().map(member -> "    " + member).forEach(lines::add);
        });
        return lines;
    }

    private static List<Class<?>> types() {
        Path classes = Path.of(ApiVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(name -> load(name.replace(".class", "").replace('/', '.')))
                    .filter(ApiSurface::isVisible)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiSurface.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return (type.getModifiers() & VISIBLE) != 0
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static String type(Class<?> type) {
        StringBuilder line = new StringBuilder(Modifier.toString(type.getModifiers() & SHOWN));
        line.append(type.isSealed() ? " sealed " : " ")
                .append(kind(type))
                .append(' ')
                .append(type.getName());
        line.append(variables(type.getTypeParameters()));
        if (type.isRecord()) {
            line.append(Arrays.stream(type.getRecordComponents())
                    .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        Type above = type.getGenericSuperclass();
        if (above != null && !Set.of("java.lang.Object", "java.lang.Record").contains(above.getTypeName())) {
            line.append(" extends ").append(above.getTypeName());
        }
        line.append(list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces()));
        return line.append(list(" permits ", type.isSealed() ? type.getPermittedSubclasses() : new Type[0]))
                .toString();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        } else if (type.isInterface()) {
            return "interface";
        } else if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable + list(" extends ", variable.getBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String list(String before, Type[] types) {
        String names = Arrays.stream(types).map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : before + names;
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        Arrays.stream(type.getDeclaredFields())
                .filter(ApiSurface::isVisible)
                .map(Field::toGenericString)
                .forEach(members::add);
        Arrays.stream(type.getDeclaredConstructors())
                .filter(ApiSurface::isVisible)
                .map(Constructor::toGenericString)
                .forEach(members::add);
        Arrays.stream(type.getDeclaredMethods())
                .filter(ApiSurface::isVisible)
                .filter(method -> !method.isBridge() && !OF_EVERY_OBJECT.contains(method.getName()))
                .map(ApiSurface::method)
                .forEach(members::add);
        return members.stream()
                .map(member -> member.replace(type.getTypeName() + ".", ""))
                .toList();
    }

    private static String method(Method method) {
        Object fallback = method.getDefaultValue();
        return method.toGenericString() + (fallback == null ? "" : " default " + fallback);
    }

    private static boolean isVisible(Member member) {
        boolean made = member.isSynthetic() || (member instanceof Executable code && code.isSynthetic());
        return (member.getModifiers() & VISIBLE) != 0 && !made;
    }
}
