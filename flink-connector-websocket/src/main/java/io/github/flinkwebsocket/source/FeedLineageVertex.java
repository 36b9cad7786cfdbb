package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.Endpoint;
import io.github.flinkwebsocket.feed.Feed;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a lineage listener learns of a feed (FLIP-314): its id and endpoints, without secrets. */
@Internal
final class FeedLineageVertex implements SourceLineageVertex {

    private final List<LineageDataset> datasets;
    private final Boundedness boundedness;

    FeedLineageVertex(Feed feed, Boundedness boundedness) {
        this.datasets =
                feed.endpoints().stream()
                        .map(endpoint -> new Dataset(feed.id(), endpoint))
                        .collect(Collectors.toList());
        this.boundedness = boundedness;
    }

    @Override
    public Boundedness boundedness() {
        return boundedness;
    }

    @Override
    public List<LineageDataset> datasets() {
        return datasets;
    }

    /** One endpoint: the split id in the namespace of its redacted URL. */
    private static final class Dataset implements LineageDataset {

        private final String name;
        private final String namespace;
        private final FeedFacet feed;

        Dataset(String feedId, Endpoint endpoint) {
            feed = new FeedFacet(feedId);
            name = endpoint.id();
            namespace = endpoint.toString();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String namespace() {
            return namespace;
        }

        @Override
        public Map<String, LineageDatasetFacet> facets() {
            return Map.of(feed.name(), feed);
        }
    }

    /** Which feed a dataset belongs to. */
    static final class FeedFacet implements LineageDatasetFacet {

        private final String id;

        FeedFacet(String id) {
            this.id = id;
        }

        @Override
        public String name() {
            return "feed";
        }

        /** The id of the feed, for listeners that look into the facet. */
        public String getId() {
            return id;
        }
    }
}
