package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.code.CodeRule;
import org.obverse.testkit.code.CodeRule.Purpose;
import org.obverse.testkit.code.PluginCode;

/**
 * The classes of a plugin that one component uses: those to which its configuration and what its factory makes lead. What
 * leads to no component is the plugin's own.
 */
record ComponentCode(Set<JavaClass> classes) {
    static <T> List<Rule<T>> rules(List<CodeRule> code) {
        return code.stream()
                .map(rule -> Rule.<T>must(
                        rule.id(),
                        rule.sentence(),
                        rule.lookAt(),
                        subject -> keep(rule, of(subject), Purpose.of(subject.kind()))))
                .toList();
    }

    /** What no component leads to is tried once, as the plugin's. */
    static Finding ofThePlugin(String name, Rule<?> rule, Supplier<Set<JavaClass>> rest) {
        CodeRule code = CodeRule.all().stream()
                .filter(one -> one.id().equals(rule.id()))
                .findFirst()
                .orElseThrow();
        return rule.judge(name, () -> keep(code, rest.get(), Purpose.COMPUTES));
    }

    private static void keep(CodeRule rule, Set<JavaClass> classes, Purpose purpose) {
        Set<String> found = rule.found(classes, purpose);
        unless(found.isEmpty(), "%s", String.join("; ", found));
    }

    private static Set<JavaClass> of(Subject<?> subject) {
        return subject.once(ComponentCode.class, () -> new ComponentCode(reached(subject)))
                .classes();
    }

    static PluginCode ofPlugin(Bench bench, Path source) {
        return bench.once(PluginCode.class, () -> PluginCode.of(source));
    }

    static Set<JavaClass> reached(Subject<?> subject) {
        Set<Class<?>> roots = new LinkedHashSet<>();
        roots.add(subject.contribution().component().configurationType());
        roots.addAll(made(subject));
        return ofPlugin(subject.bench(), subject.contribution().plugin().source())
                .reached(roots);
    }

    /** What the factory makes; nothing if it fails, which other rules show. */
    private static Set<Class<?>> made(Subject<?> subject) {
        try (NDManager own = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            PlannedComponent<?> chosen = subject.chosen();
            return Set.of(chosen.create(subject.bench().resources(chosen.plugin(), own))
                    .getClass());
        } catch (RuntimeException | Error e) {
            return Set.of();
        }
    }
}
