package org.obverse.testkit.code;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.obverse.api.plugin.Plugin;

/** The classes of a plugin, and which of them its components use. Libraries beside the plugin's jar are not looked into. */
public final class PluginCode {
    private static final String LAMBDA = "$$Lambda";

    private final JavaClasses classes;

    private PluginCode(JavaClasses classes) {
        this.classes = classes;
    }

    /**
     * @param source the jar or folder that the plugin's class was loaded from
     * @throws UncheckedIOException if it cannot be read
     */
    public static PluginCode of(Path source) {
        ClassFileImporter importer = new ClassFileImporter();
        if (Files.isDirectory(source)) {
            return new PluginCode(importer.importPath(source));
        }
        try (JarFile jar = new JarFile(source.toFile())) {
            return new PluginCode(importer.importJar(jar));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
    }

    /**
     * The classes that others lead to, these included. A class that lists components leads nowhere, as it would to all of
     * them.
     *
     * @param from classes that were loaded; for a lambda stands the class that it was written in
     */
    public Set<JavaClass> reached(Set<Class<?>> from) {
        Set<JavaClass> reached = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>();
        from.forEach(type -> next.add(writtenIn(type.getName())));
        while (!next.isEmpty()) {
            String name = next.remove();
            if (classes.contain(name)) {
                JavaClass type = classes.get(name);
                if (!type.isAssignableTo(Plugin.class) && reached.add(type)) {
                    uses(type).forEach(next::add);
                }
            }
        }
        return reached;
    }

    private static String writtenIn(String name) {
        int lambda = name.indexOf(LAMBDA);
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    private static Set<String> uses(JavaClass type) {
        Set<String> uses = new TreeSet<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            uses.add(dependency.getTargetClass().getBaseComponentType().getName());
        }
        return uses;
    }

    /** Every class. */
    public Set<JavaClass> all() {
        return new LinkedHashSet<>(classes);
    }
}
