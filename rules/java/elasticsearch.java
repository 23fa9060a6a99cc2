import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

class Search {
    void open() {
        // ruleid: java-elasticsearch-host
        RestClient a = RestClient.builder(new HttpHost("10.0.0.121", 9200, "http")).build();
        RestClientBuilder b = RestClient.builder(
            // ruleid: java-elasticsearch-host
            new HttpHost("10.0.0.120", 9200),
            // ruleid: java-elasticsearch-host
            HttpHost.create("http://10.0.0.121:9200"));
        // ruleid: java-elasticsearch-host
        Configuration c = ClientConfiguration.builder().connectedTo("10.0.0.121:9200").build();
        // ok: java-elasticsearch-host
        Socket d = new Socket("10.0.0.121", 9200);
        // ok: java-elasticsearch-host
        URI e = URI.create("http://10.0.0.121:9200");
        // ok: java-elasticsearch-host
        Web f = WebClient.create("http://10.0.0.121:9200");
    }
}
