package org.obverse.api.metric;

import java.util.List;

/**
 * What the configuration of a metric implements if its figures say nothing below a number of samples. With fewer the engine
 * refuses to measure and says why, unless the plan accepts {@code too-few-samples}.
 */
public interface Sampled {
    /** All of them are needed. */
    List<Samples> samples();
}
