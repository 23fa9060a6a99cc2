using Nest;

class Search
{
    void Open()
    {
        // ruleid: csharp-elasticsearch-host
        var a = new ElasticClient(new Uri("http://10.0.0.121:9200"));
        // ruleid: csharp-elasticsearch-host
        var b = new ElasticsearchClientSettings(new Uri("https://10.0.0.121:9200"));
        // ruleid: csharp-elasticsearch-host
        var c = new ConnectionSettings(new Uri("http://10.0.0.121:9200")).DefaultIndex("orders");
        // ok: csharp-elasticsearch-host
        var d = new HttpClient { BaseAddress = new Uri("http://10.0.0.121:9200") };
        // ok: csharp-elasticsearch-host
        var e = new Uri("http://10.0.0.121:9200");
        // ok: csharp-elasticsearch-host
        var f = new ElasticClient();
    }
}
