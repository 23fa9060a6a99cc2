import java.net.http.HttpRequest;

class Operations {
    void operate() {
        // ruleid: java-http-host
        HttpRequest a = HttpRequest.newBuilder(URI.create("http://10.0.0.121:8008/primary")).build();
        // ruleid: java-http-host
        Session b = jsch.getSession("root", "10.0.0.121", 22);
        // ruleid: java-http-host
        String c = rest.getForObject("http://10.0.0.121:8008/patroni", String.class);
        // ok: java-http-host
        Connection d = DriverManager.getConnection("jdbc:postgresql://10.0.0.121/orders");
        // ok: java-http-host
        Socket e = new Socket("10.0.0.121", 5432);
        // ok: java-http-host
        String f = "http://10.0.0.121:8008";
    }
}
