package org.obverse.testkit.rule;

/**
 * One sentence that components must keep, and how it is tried.
 *
 * @param id never changed, such as {@code same-seed-same-bytes}
 * @param sentence what holds
 * @param lookAt what to look at if it does not
 * @param <T> what components of the kind make
 */
public record Rule<T>(String id, Level level, String sentence, String lookAt, Trial<T> trial) {
    /** Whether a plugin that breaks the rule is refused. */
    public enum Level {
        MUST,
        SHOULD
    }

    /**
     * Tries a component.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Trial<T> {
        /**
         * Returns if the rule is kept.
         *
         * @throws BrokenRule if it is not
         * @throws BesideThePoint if it says nothing about this component
         * @throws Exception as the component threw it, which breaks the rule too
         */
        void on(Subject<T> subject) throws Exception;
    }

    static <T> Rule<T> must(String id, String sentence, String lookAt, Trial<T> trial) {
        return new Rule<>(id, Level.MUST, sentence, lookAt, trial);
    }

    static <T> Rule<T> should(String id, String sentence, String lookAt, Trial<T> trial) {
        return new Rule<>(id, Level.SHOULD, sentence, lookAt, trial);
    }

    /** Tries the rule; whatever the component throws breaks it. */
    Finding judge(Subject<T> subject) {
        try {
            trial.on(subject);
            return new Finding(subject.name(), id, level, sentence, lookAt, Finding.Verdict.KEPT, "");
        } catch (BesideThePoint e) {
            return new Finding(
                    subject.name(), id, level, sentence, lookAt, Finding.Verdict.BESIDE_THE_POINT, e.getMessage());
        } catch (BrokenRule e) {
            return new Finding(subject.name(), id, level, sentence, lookAt, Finding.Verdict.BROKEN, e.getMessage());
        } catch (Throwable e) {
            return new Finding(subject.name(), id, level, sentence, lookAt, Finding.Verdict.BROKEN, "it threw " + e);
        }
    }
}
