package org.obverse.engine.weights;

import java.util.List;
import java.util.Map;

/** The persistent ids of torch.save: ("storage", class, key, device, number of elements), and sometimes None. */
final class StorageId {
    private StorageId() {}

    static Storage.Keyed read(Place place, long at, Value id) {
        if (id instanceof Value.Sequence tuple) {
            List<Value> items = tuple.items();
            boolean viewless = items.size() == 5 || (items.size() == 6 && items.get(5) == Value.Constant.NONE);
            if (viewless
                    && items.get(0) instanceof Value.Text kind
                    && kind.value().equals("storage")
                    && items.get(1) instanceof Value.StorageClass type
                    && items.get(2) instanceof Value.Text key
                    && items.get(4) instanceof Value.Whole elements
                    && elements.value() >= 0
                    && elements.value() <= Limits.ELEMENTS) {
                return new Storage.Keyed(type.type(), key.value(), elements.value());
            }
        }
        throw place.refusedAt(at, "refers to something outside of the pickle that is no storage of possible size");
    }

    /** Holds every mention of a storage against the first one. */
    static void note(Place place, long at, Map<String, Storage.Keyed> used, Storage.Keyed storage) {
        Storage.Keyed before = used.putIfAbsent(storage.key(), storage);
        if (before != null && !before.equals(storage)) {
            throw place.refusedAt(at, "describes storage '" + Place.shown(storage.key()) + "' in two ways");
        }
    }
}
