package org.obverse.api.place;

import org.obverse.api.event.UnitName;

/** Asks where a unit is performed. Valid during {@link Place#consider}. */
public interface Offer {
    UnitName unit();

    /** The name of the component that fills the unit's slot. */
    String component();

    /** Takes the unit, unless another place was faster. */
    void claim(Place place);
}
