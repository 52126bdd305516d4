package org.obverse.engine.run;

import com.google.common.eventbus.Subscribe;

/**
 * A component in its slot: claims the calls that are for it. Swapping a stage is putting another bay on the bus.
 *
 * @param slot the slot that it fills
 * @param component the name in the units that it claims
 */
record Bay(Slot slot, String component, UnitCall.Work work) {
    @Subscribe
    void claim(UnitCall call) {
        if (call.unit().slot() == slot && call.unit().component().equals(component)) {
            call.claim(component, work);
        }
    }
}
