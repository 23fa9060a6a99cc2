"""XML: Spring, application servers, .NET, build and data tools; what is no connection."""

import pytest

from analyzer.extract.xml import extract
from analyzer.model import Clue, Extraction
from analyzer.source import SourceFile
from tests.kit import check, check_none

XML = {"path": "a.xml", "comment": "<!--", "comment_end": " -->"}


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, **{**XML, **options})


@pytest.mark.parametrize(
    "sample",
    [
        """\
<bean id="ds">
<property name="url" value="jdbc:mysql://«10.0.0.121|clue=dsn,port=3306»:⟦3306⟧/app"/>
</bean>
""",
        """\
<bean id="x" class="org.apache.commons.dbcp2.BasicDataSource">
  <property name="url"><value>jdbc:postgresql://«10.0.0.121|clue=dsn,insert=:»/app</value></property>
</bean>
""",
        """\
<bean id="x" class="org.postgresql.ds.PGSimpleDataSource">
  <property name="serverName" value="«10.0.0.121|clue=key,engine=postgresql,port=5432»"/>
  <property name="portNumber"><value>⟦5432⟧</value></property>
</bean>
""",
        """\
<bean class="redis.clients.jedis.JedisPool">
  <constructor-arg name="host" value="«10.0.0.121|engine=redis,clue=key»"/>
  <constructor-arg name="port" value="⟦6379⟧" type="int"/>
</bean>
""",
        """\
<bean class="redis.clients.jedis.JedisPool">
<constructor-arg index="1" value="«10.0.0.121|clue=key,port=6379»"/>
<constructor-arg index="2" value="⟦6379⟧"/>
</bean>
""",
        """\
<bean id="c" class="org.springframework.data.redis.connection.jedis.JedisConnectionFactory"
  p:host-name="«10.0.0.121|clue=key,port=6379»" p:port="⟦6379⟧" p:pool-config-ref="p"/>
""",
        '<bean id="redisConfig"><property name="host"><value>«10.0.0.121|clue=key»</value></property></bean>\n',
        """\
<bean class="org.x.CassandraClusterFactoryBean">
  <property name="contactPoints">
    <list>
      <value>«10.0.0.120|group=2,clue=key»</value>
      <value>«10.0.0.121»</value>
    </list>
  </property>
</bean>
""",
        """\
<property name="settings">
  <value>
    db.host=«10.0.0.121|clue=key,port=5432»
    db.port=⟦5432⟧
  </value>
</property>
""",
        '<mongo:mongo-client host="«10.0.0.121|clue=key,engine=mongodb»" port="⟦27017⟧" id="m"/>\n',
        """\
<redisson:client>
<redisson:single-server address="redis://«10.0.0.121|clue=dsn»:⟦6379⟧"/>
</redisson:client>
""",
    ],
)
def test_spring(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        """\
<Context>
  <Resource name="jdbc/app" type="javax.sql.DataSource" username="u" password="s3cret"
    url="jdbc:postgresql://«10.0.0.121|clue=dsn»:⟦5432⟧/app"/>
</Context>
""",
        """\
<Context>
<Environment name="dbHost" value="«10.0.0.121|clue=key+place»" type="java.lang.String"/>
</Context>
""",
        '<Context><Environment name="HOST" value="«10.0.0.121|only=name+place»"/></Context>\n',
        """\
<hibernate-configuration><session-factory>
  <property name="hibernate.connection.url">jdbc:mysql://«10.0.0.121|clue=dsn,insert=:»/app</property>
  <property name="connection.username">u</property>
</session-factory></hibernate-configuration>
""",
        """\
<persistence>
<properties>
<property name="javax.persistence.jdbc.url" value="jdbc:mysql://«10.0.0.121»/app"/>
</properties>
</persistence>
""",
        """\
<environments default="a">
<environment id="a">
<dataSource type="POOLED">
<property name="url" value="jdbc:mysql://«10.0.0.121|clue=dsn+key»/app"/>
</dataSource>
</environment>
</environments>
""",
        """\
<datasource jndi-name="java:/app" pool-name="app">
  <connection-url>jdbc:postgresql://«10.0.0.121|clue=dsn+key»:⟦5432⟧/app</connection-url>
  <driver>postgresql</driver>
</datasource>
""",
        """\
<xa-datasource jndi-name="java:/app">
  <xa-datasource-property name="ServerName">«10.0.0.121|clue=key,port=5432»</xa-datasource-property>
  <xa-datasource-property name="PortNumber">⟦5432⟧</xa-datasource-property>
</xa-datasource>
""",
        """\
<server>
<dataSource id="d">
<properties.postgresql serverName="«10.0.0.121|clue=key,engine=postgresql»"
  portNumber="⟦5432⟧" databaseName="a" user="u"/>
</dataSource>
</server>
""",
        """\
<domain version="1">
<resources>
<jdbc-connection-pool name="p">
<property name="serverName" value="«10.0.0.121|clue=key»"/>
<property name="portNumber" value="⟦3306⟧"/>
</jdbc-connection-pool>
</resources>
</domain>
""",
        """\
<web-app>
  <env-entry>
    <env-entry-name>dbHost</env-entry-name>
    <env-entry-type>java.lang.String</env-entry-type>
    <env-entry-value>«10.0.0.121|clue=key+place»</env-entry-value>
  </env-entry>
  <context-param>
    <param-name>host</param-name>
    <param-value>«10.0.0.122|only=name+place»</param-value>
  </context-param>
</web-app>
""",
        """\
<configuration>
  <property>
    <name>javax.jdo.option.ConnectionURL</name>
    <value>jdbc:mysql://«10.0.0.121|clue=dsn»/hive?useSSL=false</value>
  </property>
</configuration>
""",
        """\
<appender class="ch.qos.logback.classic.db.DBAppender">
<connectionSource class="ch.qos.logback.core.db.DriverManager">
<url>jdbc:mysql://«10.0.0.121|clue=dsn»/log</url>
</connectionSource>
</appender>
""",
        """\
<dataConfig>
<dataSource type="JdbcDataSource" url="jdbc:mysql://«10.0.0.121|clue=dsn+key»/app"/>
</dataConfig>
""",
    ],
)
def test_java(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        """\
<configuration>
<connectionStrings>
<add name="Orders" connectionString="Server=«10.0.0.121|clue=dsn»;Database=a;" providerName="System.Data.SqlClient"/>
</connectionStrings>
</configuration>
""",
        """\
<add name="Orders" connectionString="metadata=res://*/A.csdl;provider=Npgsql;provider connection string=&quot;
Host=«10.0.0.121|clue=dsn,open»;Database=a;Username=u;Password=s3cret&quot;"/>
""",
        """\
<appSettings>
  <add key="DbHost" value="«10.0.0.121|clue=key+place,port=5432»"/>
  <add key="DbPort" value="⟦5432⟧"/>
</appSettings>
""",
        '<appSettings><add key="Host" value="«10.0.0.121|only=name+place»"/></appSettings>\n',
        """\
<setting name="OrdersConnection" serializeAs="String">
<value>Data Source=«10.0.0.121|clue=dsn»;User ID=sa;Password=s3cret</value>
</setting>
""",
        """\
<sessionState mode="SQLServer" sqlConnectionString="data source=«10.0.0.121|clue=dsn+key»;user id=sa;password=x"/>
""",
        """\
<system.webServer>
<httpPlatform>
<environmentVariables>
<environmentVariable name="HOST" value="«10.0.0.121|only=name+place»"/>
</environmentVariables>
</httpPlatform>
</system.webServer>
""",
        '<target name="db" type="Database" connectionString="Server=«10.0.0.121|clue=dsn»;Database=log;"/>\n',
    ],
)
def test_dotnet(sample):
    found(sample, path="web.config")


@pytest.mark.parametrize(
    "sample",
    [
        """\
<project><profiles><profile><id>prod</id><properties>
  <db.host>«10.0.0.121|clue=key,port=5432»</db.host>
  <db.port>⟦5432⟧</db.port>
</properties></profile></profiles></project>
""",
        """\
<plugin>
<artifactId>flyway-maven-plugin</artifactId>
<configuration>
<url>jdbc:postgresql://«10.0.0.121|clue=dsn»/app</url>
</configuration>
</plugin>
""",
        """\
<project>
<property name="db.host" value="«10.0.0.121|clue=key»"/>
<sql url="jdbc:mysql://«10.0.0.122|clue=dsn»/a"/>
</project>
""",
        """\
<phpunit>
<php>
<env name="DB_HOST" value="«10.0.0.121|clue=key+place»"/>
<env name="DB_PORT" value="⟦3306⟧"/>
</php>
</phpunit>
""",
        """\
<transformation><connection>
  <name>dw</name>
  <server>«10.0.0.121|clue=key,engine=mysql,port=3306»</server>
  <type>MYSQL</type>
  <database>dw</database>
  <port>⟦3306⟧</port>
  <username>u</username>
</connection></transformation>
""",
        """\
<elementProp name="DB_HOST" elementType="Argument">
  <stringProp name="Argument.name">DB_HOST</stringProp>
  <stringProp name="Argument.value">«10.0.0.121|clue=key»</stringProp>
</elementProp>
<JDBCDataSource>
<stringProp name="dbUrl">jdbc:mysql://«10.0.0.122|clue=dsn+key»/app</stringProp>
</JDBCDataSource>
""",
        """\
<data-source source="LOCAL" name="postgres@10.0.0.121" uuid="x">
<jdbc-url>jdbc:postgresql://«10.0.0.121|clue=dsn+key»:⟦5432⟧/app</jdbc-url>
</data-source>
""",
        """\
<dictionary>
<source>
<mysql>
<host>«10.0.0.121|clue=key,engine=mysql»</host>
<port>⟦3306⟧</port>
</mysql>
</source>
</dictionary>
""",
        """\
<builders>
<hudson.tasks.Shell>
<command>psql -h «10.0.0.121|clue=command» -f a.sql &gt; out.txt</command>
</hudson.tasks.Shell>
</builders>
""",
        "<redis><host>«10.0.0.120|group=2»</host><host>«10.0.0.121»</host></redis>\n",
        "<argLine>-Xmx1g -Ddb.host=«10.0.0.121|clue=key» -Ddb.url=jdbc:mysql://«10.0.0.122|clue=dsn»/a</argLine>\n",
        """\
<connection>
  <host><![CDATA[«10.0.0.121|clue=key»]]></host>
  <userName>u</userName>
  <dbname>shop</dbname>
</connection>
""",
        '<properties><entry key="db.host">«10.0.0.121|clue=key»</entry></properties>\n',
    ],
)
def test_tools(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        '<project><sshexec host="«10.0.0.120|only=operation»" command="x"/></project>\n',
        """\
<bean class="com.x.PostgresExporter" id="postgres-exporter">
<property name="host" value="«10.0.0.120|clue=operation»"/>
</bean>
""",
    ],
)
def test_operations(sample):
    found(sample)


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        (
            """\
<clickhouse>
<remote_servers>
<a>
<shard>
<replica>
<host>10.0.0.120</host>
</replica>
</shard>
</a>
</remote_servers>
</clickhouse>
""",
            Clue.INFRASTRUCTURE,
        ),
        (
            '<security><ipSecurity><add ipAddress="10.0.0.121" allowed="true"/></ipSecurity></security>\n',
            Clue.INFRASTRUCTURE,
        ),
        ('<configs><sshConfig host="10.0.0.120" port="22"/></configs>\n', Clue.OPERATION),
    ],
)
def test_regions(text, clue):
    source = SourceFile("a.xml", text.encode())
    regions = extract(source).regions
    assert [region.nature.clue for region in regions if region.nature] == [clue]
    assert all(e.clue is clue for ref in extract(source).refs for e in ref.evidence)


@pytest.mark.parametrize(
    "text",
    [
        '<cib><configuration><nodes><node uname="db-postgres-01"/></nodes></configuration></cib>\n',
        "<domain type='kvm'><name>db-postgres-01</name></domain>\n",
        '<zone><rule><source address="10.0.0.121/32"/></rule></zone>\n',
    ],
)
def test_infrastructure(text):
    nature = check_none(extract, text, **XML).nature
    assert nature
    assert nature.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize(
    "text",
    [
        """\
<dependency>
<groupId>org.postgresql</groupId>
<artifactId>postgresql</artifactId>
<version>10.0.0.121</version>
</dependency>
""",
        "<properties><postgresql.version>10.0.0.121</postgresql.version></properties>\n",
        """\
<repository>
<url>http://10.0.0.121:8081/maven</url>
</repository>
<scm>
<connection>scm:git:git://10.0.0.121/x.git</connection>
</scm>
""",
        '<bindingRedirect oldVersion="0.0.0.0-10.0.0.121" newVersion="10.0.0.121"/>\n',
        '<PackageReference Include="Npgsql" Version="10.0.0.121"/>\n',
        "<!-- <db_host>10.0.0.121</db_host> jdbc:mysql://10.0.0.121/app -->\n",
        """\
<svg xmlns="http://www.w3.org/2000/svg">
<text db_host="10.0.0.121">postgres://a@10.0.0.121/b</text>
</svg>
""",
        '<xs:schema xmlns:xs="x"><xs:element name="dbHost" default="10.0.0.121"/></xs:schema>\n',
        '<html><body><a href="postgres://u@10.0.0.121/x">10.0.0.121</a></body></html>\n',
        "<plist><dict><key>DBHost</key><string>10.0.0.121</string></dict></plist>\n",
        '<select id="getDbHostsByUser" parameterType="long" resultType="model.db.host">select 1</select>\n',
        '<property name="url" value="${jdbc.url}"/><db_host>@db.host@</db_host>\n',
        '<property name="db.host" value="localhost"/><db_host/><db_host></db_host>\n',
        '<stringProp name="HTTPSampler.domain">10.0.0.121</stringProp>\n',
        """\
<bean id="mailSender" class="org.springframework.mail.javamail.JavaMailSenderImpl">
<property name="x" value="10.0.0.121"/>
</bean>
""",
        '<a xmlns:db="10.0.0.121" xsi:schemaLocation="http://10.0.0.121/db x"/>\n',
        "<a>&db_host; &#x110000; &#xD800; &;</a>\n",
        "<db_host>&unknown;</db_host>\n",
        "",
        "<",
    ],
)
def test_nothing(text):
    check_none(extract, text, **{**XML, "comment": None}, problems=None)


def test_directives():
    text = """\
<a>
<!-- analyzer: ignore[node-host] x -->
<db_host>«10.0.0.121»</db_host> <!-- analyzer: ignore[node-host] y -->
<![CDATA[<!-- analyzer: z -->]]><b c='<!-- analyzer: z -->'/></a>
"""
    assert [(c.text[5:31], c.own_line) for c in found(text, comment=None).comments] == [
        ("analyzer: ignore[node-host", True),
        ("analyzer: ignore[node-host", False),
    ]
