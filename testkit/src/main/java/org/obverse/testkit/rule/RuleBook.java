package org.obverse.testkit.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.Kind;
import org.obverse.testkit.code.CodeRule;

/**
 * The rules for one kind of component.
 *
 * @param <T> what components of the kind make
 */
public record RuleBook<T>(Kind<T> kind, List<Rule<T>> rules) {
    private static final Map<Kind<?>, RuleBook<?>> BOOKS = books();

    /** Composes the rules of a kind. */
    @SafeVarargs
    private static <T> Map.Entry<Kind<?>, RuleBook<?>> book(
            Kind<T> kind, Behaviour<T> behaviour, List<Rule<T>>... more) {
        List<Rule<T>> rules = new ArrayList<>(EveryKind.rules(behaviour));
        for (List<Rule<T>> some : more) {
            rules.addAll(some);
        }
        return Map.entry(kind, new RuleBook<>(kind, rules));
    }

    /** Composes the rules of a kind that computes nothing. */
    private static <T> Map.Entry<Kind<?>, RuleBook<?>> ofTheTable(Kind<T> kind, List<Rule<T>> more) {
        List<Rule<T>> rules = new ArrayList<>(EveryKind.ofTheTable(CodeRule.of(CodeRule.Purpose.of(kind))));
        rules.addAll(more);
        return Map.entry(kind, new RuleBook<>(kind, rules));
    }

    private static Map<Kind<?>, RuleBook<?>> books() {
        return Map.ofEntries(
                book(Kind.ATTACK, Behaviours::recipe),
                book(Kind.PREPARER, Behaviours::stage, StageRules.rules(), PreparerRules.rules()),
                book(Kind.SAMPLER, Behaviours::stage, StageRules.rules(), CandidateRules.rules()),
                book(
                        Kind.OPTIMIZER,
                        Behaviours::stage,
                        StageRules.rules(),
                        CandidateRules.rules(),
                        CandidateRules.ofGivenCandidates(),
                        CandidateRules.ofSearch()),
                book(
                        Kind.SELECTOR,
                        Behaviours::stage,
                        StageRules.rules(),
                        CandidateRules.rules(),
                        CandidateRules.ofGivenCandidates()),
                book(Kind.IDENTITY_LOSS, LossRules::seen, LossRules.rules()),
                book(Kind.DEFENSE, Defended::seen, DefenseRules.rules(), LabelRules.rules()),
                book(Kind.GENERATOR, GeneratorRules::seen, GeneratorRules.rules()),
                book(Kind.CLASSIFIER, ClassifierRules::seen, ClassifierRules.rules()),
                book(Kind.DATASET, DatasetRules::seen, DatasetRules.rules()),
                book(Kind.MEMBERSHIP_ATTACK, MembershipRules::seen, MembershipRules.rules()),
                book(Kind.CONTROL, ControlRules::seen, ControlRules.rules()),
                book(Kind.METRIC, MetricRules::seen, MetricRules.rules()),
                ofTheTable(Kind.LISTENER, List.of()),
                ofTheTable(Kind.PLACE, PlaceRules.rules()),
                ofTheTable(Kind.STORE, StoreRules.rules()));
    }

    /** The rules of a kind, in their order. */
    @SuppressWarnings("unchecked")
    public static <T> RuleBook<T> of(Kind<T> kind) {
        RuleBook<?> book = BOOKS.get(kind);
        if (book == null) {
            throw new IllegalArgumentException("there are no rules for components of kind " + kind);
        }
        return (RuleBook<T>) book;
    }

    /** Every rule of every kind. */
    public static List<Rule<?>> all() {
        List<Rule<?>> all = new ArrayList<>();
        Kind.all().forEach(kind -> all.addAll(of(kind).rules()));
        return all;
    }
}
