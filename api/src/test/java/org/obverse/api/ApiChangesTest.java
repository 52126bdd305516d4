package org.obverse.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plugin would notice is seen, and nothing else. Each row is a change: what it is, and the source before and after. */
final class ApiChangesTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager LIBRARIES = COMPILER.getStandardFileManager(null, null, null);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a method is gone          | interface A { void f(); void g(); }       | interface A { void f(); }",
                "a type is gone            | interface A { interface B {} }            | interface A { }",
                "an abstract method        | interface A { void f(); }                 | interface A { void f(); int g(); }",
                "other type arguments      | interface A { java.util.List<String> f(); } | interface A { java.util.List<Long> f(); }",
                "another bound             | interface A<T extends Number> { }         | interface A<T extends Integer> { }",
                "a checked exception       | interface A { void f(); }                 | interface A { void f() throws Exception; }",
                "one component more        | record A(int a) { }                       | record A(int a, int b) { }",
                "another component's name  | record A(int a, int b) { }                | record A(int a, int c) { }",
                "components change places  | record A(int a, int b) { }                | record A(int b, int a) { }",
                "a subtype leaves          | sealed interface A { record B() implements A { } record C() implements A { } }"
                        + " | sealed interface A { record B() implements A { } record C() { } }",
                "sealed                    | interface A { final class B implements A { } }"
                        + " | sealed interface A { final class B implements A { } }",
                "open                      | sealed interface A { final class B implements A { } }"
                        + " | interface A { final class B implements A { } }",
                "final                     | class A { }                               | final class A { }",
                "protected is seen as well | class A { protected int a; }              | class A { }",
            })
    void what_breaks_a_plugin_is_seen(String name, String before, String after) throws IOException {
        ApiChanges changes = changes(before, after);

        assertFalse(changes.compatible(), changes.lines());
        assertTrue(changes.lines().contains("A"), changes.lines());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a default method    | interface A { }                 | interface A { default void f() { } }",
                "a type              | interface A { }                 | interface A { interface B { } }",
                "a constant          | enum A { X }                    | enum A { X, Y }",
                "a subtype           | sealed interface A { record B() implements A { } }"
                        + " | sealed interface A { record B() implements A { } record C() implements A { } }",
                "an annotation       | interface A { void f(); }       | @FunctionalInterface interface A { void f(); }",
                "one on a method     | interface A { void f(); }       | interface A { @Deprecated void f(); }",
                "no annotation       | @Deprecated interface A { }     | interface A { }",
                "what it is kept for | @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface A { }"
                        + " | @interface A { }",
            })
    void what_is_added_or_told_otherwise_is_seen_and_breaks_nothing(String name, String before, String after)
            throws IOException {
        ApiChanges changes = changes(before, after);

        assertTrue(changes.compatible(), changes.lines());
        assertTrue(changes.lines().contains("A"), changes.lines());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing             | interface A { void f(); }       | interface A { void f(); }",
                "a body              | class A { int f() { return 1; } } | class A { int f() { return 2; } }",
                "a private method    | class A { }                     | class A { private void f() { } }",
                "within the package  | class A { }                     | class A { int a; } class B { }",
                "of an exception     | class A extends Exception { private static final long serialVersionUID = 1; }"
                        + " | class A extends Exception { private static final long serialVersionUID = 1; private int a; }",
                "a parameter's name  | interface A { void f(int a); }  | interface A { void f(int b); }",
            })
    void what_no_plugin_can_name_is_no_change(String name, String before, String after) throws IOException {
        assertEquals(new ApiChanges("", true), changes(before, after));
    }

    @Test
    void what_changed_is_named() throws IOException {
        String lines = changes(
                        "interface A { java.util.List<String> f(); void g(); }",
                        "interface A { java.util.List<Long> f(); void g(); }")
                .lines();

        assertTrue(lines.contains("java.util.List<java.lang.Long>(<- <java.lang.String>) f()"), lines);
        assertFalse(lines.contains("g()"), lines);
    }

    private ApiChanges changes(String before, String after) throws IOException {
        return ApiChanges.between(compiled("before", before), compiled("after", after));
    }

    private byte[] compiled(String side, String source) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(side));
        Path file = Files.writeString(classes.resolve("A.java"), "public " + source);
        boolean compiles = COMPILER.getTask(
                        null,
                        LIBRARIES,
                        null,
                        List.of("-proc:none", "-d", classes.toString()),
                        null,
                        LIBRARIES.getJavaFileObjects(file))
                .call();
        assertTrue(compiles, source);
        return ApiChanges.jar(classes);
    }
}
