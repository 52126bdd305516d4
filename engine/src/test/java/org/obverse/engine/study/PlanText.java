package org.obverse.engine.study;

/** A plan with one thing said otherwise. */
final class PlanText {
    private PlanText() {}

    /**
     * @throws IllegalArgumentException if the plan does not say {@code before}: the test would test the plan as it was
     */
    static String with(String plan, String before, String after) {
        if (!plan.contains(before)) {
            throw new IllegalArgumentException("the plan does not say '" + before + "':\n" + plan);
        }
        return plan.replace(before, after);
    }
}
