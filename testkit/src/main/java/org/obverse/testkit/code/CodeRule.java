package org.obverse.testkit.code;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.obverse.api.event.RunListener;
import org.obverse.api.plugin.Workspace;

/**
 * Something that no plugin's code does.
 *
 * @param id never changed
 * @param sentence what holds
 * @param lookAt what to look at if it does not
 * @param scope whose code it is for
 */
public record CodeRule(String id, String sentence, String lookAt, Scope scope, Look look) {
    /** Whose code a rule is for. */
    public enum Scope {
        ALL,
        /** Not a listener's, which shows or tracks a run for people and has no way into its artifacts. */
        BUT_LISTENERS
    }

    /** Looks for what breaks a rule. */
    interface Look {
        /** What the class does, such as {@code org.example.Mine calls java.lang.System.getenv}. */
        List<String> in(JavaClass type, Purpose purpose);
    }

    /**
     * What the code is for, as far as it makes a difference.
     *
     * @param listens it is a listener's: it may have threads, so that the run need not wait for it
     * @param timed it may read a clock
     * @param keepsFiles it asks for the folder of {@link Workspace#cache}: it may write files
     */
    record Purpose(boolean listens, boolean timed, boolean keepsFiles) {}

    /** What plugins do not do, in the order in which it is shown. */
    public static List<CodeRule> all() {
        return List.of(
                new CodeRule(
                        "no-threads-clock-or-randomness",
                        "The plugin's code neither starts threads nor reads a clock (but for listeners) nor draws but from"
                                + " random streams, and leaves DJL's engine alone.",
                        "the classes named; draws come from RandomStream, work is the engine's to distribute",
                        Scope.ALL,
                        Forbidden::threadsClocksAndDraws),
                new CodeRule(
                        "files-stay-in-the-workspace",
                        "Code that writes files asks for Workspace.cache, the folder for them.",
                        "results, tables and pictures are returned, and the engine stores them",
                        Scope.BUT_LISTENERS,
                        (type, purpose) -> purpose.keepsFiles() ? List.of() : calls(type, Forbidden::writesFiles)),
                new CodeRule(
                        "no-network",
                        "The plugin's code opens no connection.",
                        "what a run needs lies in files that its plan names",
                        Scope.BUT_LISTENERS,
                        (type, purpose) -> uses(type, Forbidden::isNetwork)),
                new CodeRule(
                        "no-environment",
                        "The plugin's code reads neither environment variables nor system properties, and starts no program.",
                        "what changes results is a key of the configuration",
                        Scope.ALL,
                        (type, purpose) -> calls(type, Forbidden::readsTheEnvironment)),
                new CodeRule(
                        "no-reflection",
                        "The plugin's code uses no reflection: it reaches nothing that it was not given.",
                        "the types of org.obverse.api; Resources for what a component is lent",
                        Scope.ALL,
                        Forbidden::reflection),
                new CodeRule(
                        "nothing-static-changes",
                        "No static field can change, and none holds arrays.",
                        "what one call leaves for the next; arrays belong to a manager that somebody closes",
                        Scope.ALL,
                        (type, purpose) -> changing(type)));
    }

    /** What listeners do not do. */
    public static List<CodeRule> ofListeners() {
        return all().stream().filter(rule -> rule.scope() == Scope.ALL).toList();
    }

    /**
     * What some classes of a plugin do against the rule, in the order of names.
     *
     * @param listens whether they are a listener's
     */
    public Set<String> found(Set<JavaClass> classes, boolean listens) {
        boolean keepsFiles = classes.stream().anyMatch(CodeRule::asksForACache);
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            boolean timed = listens || type.isAssignableTo(RunListener.class);
            found.addAll(look.in(type, new Purpose(listens, timed, keepsFiles)));
        }
        return found;
    }

    private static boolean asksForACache(JavaClass type) {
        return type.getCodeUnitAccessesFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isAssignableTo(Workspace.class)
                        && call.getName().equals("cache"));
    }

    static List<String> uses(JavaClass type, Predicate<String> forbidden) {
        List<String> found = new ArrayList<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String used = dependency.getTargetClass().getName();
            if (forbidden.test(used)) {
                found.add(type.getName() + " uses " + used);
            }
        }
        return found;
    }

    /**
     * @param forbidden is given a method with its class, such as {@code java.lang.System.getenv}; constructors end in
     *     {@code <init>}
     */
    static List<String> calls(JavaClass type, Predicate<String> forbidden) {
        List<String> found = new ArrayList<>();
        for (JavaCodeUnitAccess<?> call : type.getCodeUnitAccessesFromSelf()) {
            String called = call.getTargetOwner().getName() + "." + call.getName();
            if (forbidden.test(called)) {
                found.add(type.getName() + " calls " + called);
            }
        }
        return found;
    }

    private static List<String> changing(JavaClass type) {
        List<String> found = new ArrayList<>();
        for (JavaField field : type.getFields()) {
            boolean ofTheCompiler =
                    field.getName().startsWith("$") || field.getModifiers().contains(JavaModifier.SYNTHETIC);
            if (field.getModifiers().contains(JavaModifier.STATIC) && !ofTheCompiler && changes(type, field)) {
                found.add(type.getName() + " has the static field " + field.getName());
            }
        }
        return found;
    }

    private static boolean changes(JavaClass type, JavaField field) {
        boolean keepsArrays = field.getAllInvolvedRawTypes().stream()
                .anyMatch(part -> part.getName().matches("ai\\.djl\\.ndarray\\.(NDArray|NDList|NDManager|NDScope)"));
        return !field.getModifiers().contains(JavaModifier.FINAL)
                || keepsArrays
                || Forbidden.holdsWhatChanges(field.getRawType())
                || (Forbidden.isCollection(field.getRawType()) && Forbidden.fillsStatically(type));
    }
}
