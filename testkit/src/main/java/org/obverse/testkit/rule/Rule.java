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
         * @throws NotTried if something that another rule speaks of stands in the way
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
        return judge(subject.name(), () -> trial.on(subject));
    }

    /** A trial of something that has a name. */
    interface Attempt {
        void once() throws Exception;
    }

    /**
     * @param name of what is tried, such as {@code optimizer/latent-adam}
     */
    Finding judge(String name, Attempt attempt) {
        try {
            attempt.once();
            return finding(name, Finding.Verdict.KEPT, "");
        } catch (BesideThePoint e) {
            return finding(name, Finding.Verdict.BESIDE_THE_POINT, e.getMessage());
        } catch (NotTried e) {
            return finding(name, Finding.Verdict.NOT_TRIED, e.getMessage());
        } catch (BrokenRule e) {
            return finding(name, Finding.Verdict.BROKEN, e.getMessage());
        } catch (Throwable e) {
            return finding(name, Finding.Verdict.BROKEN, "it threw " + e);
        }
    }

    private Finding finding(String name, Finding.Verdict verdict, String reason) {
        return new Finding(name, id, level, sentence, lookAt, verdict, reason);
    }
}
