package org.obverse.testkit.subject;

import org.obverse.api.metric.Judged;

/** A configuration with a weight. As a metric's, it is judged by the first evaluation model. */
public interface Weighted extends Judged {
    double weight();

    @Override
    default String judge() {
        return "";
    }
}
