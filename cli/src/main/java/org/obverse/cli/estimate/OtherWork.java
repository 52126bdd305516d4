package org.obverse.cli.estimate;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether other processes keep the machine busy. */
final class OtherWork {
    /** Of one processor; what the system itself does is less. */
    private static final double MUCH = 0.2;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** From now on. */
    OtherWork() {
        share();
    }

    /** Whether they had more than a fifth of a processor since this was made or asked. */
    boolean isMuch() {
        return share() > MUCH;
    }

    /** Of one processor; both loads are those since they were last asked for. */
    private double share() {
        return (system.getCpuLoad() - system.getProcessCpuLoad()) * system.getAvailableProcessors();
    }
}
