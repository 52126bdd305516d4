package org.obverse.testkit.code;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.obverse.api.event.RunListener;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Workspace;

/**
 * Something that no plugin's code does.
 *
 * @param id never changed
 * @param sentence what holds
 * @param lookAt what to look at if it does not
 * @param scope what code it is for
 */
public record CodeRule(String id, String sentence, String lookAt, Set<Purpose> scope, Look look) {
    private static final Set<Purpose> EVERYBODY = Set.of(Purpose.values());
    private static final Set<Purpose> SHUT_IN = Set.of(Purpose.COMPUTES, Purpose.PLACES);

    /** What code is for. */
    public enum Purpose {
        /** It computes, or it is not known what it is for. */
        COMPUTES,
        /**
         * It shows or tracks a run for people and has no way into its artifacts: it may have threads, so that the run need not wait
         * for it, read clocks, write files and open connections.
         */
        LISTENS,
        /**
         * It decides where units are performed, runs no component itself and reaches no artifact: it may have threads, read clocks,
         * start programs and write files into its folder.
         */
        PLACES,
        /** It keeps artifacts that the engine has made, where runs on other machines find them: it may write files and open connections. */
        STORES;

        /** What the code of components of a kind is for. */
        public static Purpose of(Kind<?> kind) {
            return Map.<Kind<?>, Purpose>of(Kind.LISTENER, LISTENS, Kind.PLACE, PLACES, Kind.STORE, STORES)
                    .getOrDefault(kind, COMPUTES);
        }
    }

    /** Looks for what breaks a rule. */
    interface Look {
        /** What the class does, such as {@code org.example.Mine calls java.lang.System.getenv}. */
        List<String> in(JavaClass type, Leave leave);
    }

    /**
     * What code may do that other code may not.
     *
     * @param threads it may have threads
     * @param clocks it may read a clock
     * @param programs it may start programs
     * @param files it asks for the folder of {@link Workspace#cache} or {@link PlaceContext#folder}: it may write files
     */
    record Leave(boolean threads, boolean clocks, boolean programs, boolean files) {}

    /** What plugins do not do, in the order in which it is shown. */
    public static List<CodeRule> all() {
        return List.of(
                new CodeRule(
                        "no-threads-clock-or-randomness",
                        "The plugin's code neither starts threads nor reads a clock (but for listeners and places) nor"
                                + " draws but from random streams, and leaves DJL's engine alone.",
                        "the classes named; draws come from RandomStream, work is the engine's to distribute",
                        EVERYBODY,
                        Forbidden::threadsClocksAndDraws),
                new CodeRule(
                        "files-stay-in-the-workspace",
                        "Code that writes files asks for the folder for them: Workspace.cache, or a place PlaceContext.folder.",
                        "results, tables and pictures are returned, and the engine stores them",
                        SHUT_IN,
                        (type, leave) -> leave.files() ? List.of() : calls(type, Forbidden::writesFiles)),
                new CodeRule(
                        "no-network",
                        "The plugin's code opens no connection.",
                        "what a run needs lies in files that its plan names",
                        SHUT_IN,
                        (type, leave) -> uses(type, Forbidden::isNetwork)),
                new CodeRule(
                        "no-environment",
                        "The plugin's code reads neither environment variables nor system properties, and starts no"
                                + " program (but for places).",
                        "what changes results is a key of the configuration",
                        EVERYBODY,
                        Forbidden::environmentAndPrograms),
                new CodeRule(
                        "no-reflection",
                        "The plugin's code uses no reflection: it reaches nothing that it was not given.",
                        "the types of org.obverse.api; Resources for what a component is lent",
                        EVERYBODY,
                        Forbidden::reflection),
                new CodeRule(
                        "nothing-static-changes",
                        "No static field can change, and none holds arrays.",
                        "what one call leaves for the next; arrays belong to a manager that somebody closes",
                        EVERYBODY,
                        (type, leave) -> changing(type)));
    }

    /** What code for a purpose does not do. */
    public static List<CodeRule> of(Purpose purpose) {
        return all().stream().filter(rule -> rule.scope().contains(purpose)).toList();
    }

    /** What some classes of a plugin, which are there for a purpose, do against the rule, in the order of names. */
    public Set<String> found(Set<JavaClass> classes, Purpose purpose) {
        boolean beside = purpose == Purpose.LISTENS || purpose == Purpose.PLACES;
        boolean files = classes.stream().anyMatch(CodeRule::asksForAFolder);
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            boolean clocks = beside || type.isAssignableTo(RunListener.class);
            found.addAll(look.in(type, new Leave(beside, clocks, purpose == Purpose.PLACES, files)));
        }
        return found;
    }

    private static boolean asksForAFolder(JavaClass type) {
        return type.getCodeUnitAccessesFromSelf().stream()
                .anyMatch(call -> isCall(call, Workspace.class, "cache") || isCall(call, PlaceContext.class, "folder"));
    }

    private static boolean isCall(JavaCodeUnitAccess<?> call, Class<?> owner, String method) {
        return call.getTargetOwner().isAssignableTo(owner) && call.getName().equals(method);
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
