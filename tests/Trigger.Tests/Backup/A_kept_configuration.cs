using Trigger.Backup;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Backup;

public sealed class A_kept_configuration
{
    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();

    [Theory]
    [InlineData("cisco_ios", "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", "enable secret 5 <secret>")]
    [InlineData("cisco_ios", "enable password letmein", "enable password <secret>")]
    [InlineData("cisco_ios", "username bob privilege 15 secret 9 $9$abc", "username bob privilege 15 secret 9 <secret>")]
    [InlineData("cisco_ios", "username bob password 0 hunter2", "username bob password 0 <secret>")]
    [InlineData("cisco_ios", " password 7 094F471A1A0A", " password 7 <secret>")]
    [InlineData("cisco_ios", "snmp-server community public RO 10", "snmp-server community <secret> RO 10")]
    [InlineData("cisco_ios", "snmp-server host 10.0.0.1 version 2c public", "snmp-server host 10.0.0.1 version 2c <secret>")]
    [InlineData("cisco_ios", "tacacs-server host 10.0.0.1 key 7 0312", "tacacs-server host 10.0.0.1 key 7 <secret>")]
    [InlineData("cisco_ios", " key 7 13061E010803", " key 7 <secret>")]
    [InlineData("cisco_ios", "  key-string 7 0110", "  key-string 7 <secret>")]
    [InlineData("cisco_ios", "crypto isakmp key s3cr3t address 10.0.0.1", "crypto isakmp key <secret> address 10.0.0.1")]
    [InlineData("cisco_ios", " neighbor 10.0.0.1 password 7 0312", " neighbor 10.0.0.1 password 7 <secret>")]
    [InlineData("cisco_ios", " ip ospf message-digest-key 1 md5 7 0312", " ip ospf message-digest-key 1 md5 7 <secret>")]
    [InlineData("cisco_ios", "ntp authentication-key 1 md5 0312 7", "ntp authentication-key 1 md5 <secret> 7")]
    [InlineData("cisco_nxos", "snmp-server user admin network-admin auth md5 0xabc priv 0xdef localizedkey", "snmp-server user admin network-admin auth md5 <secret> priv <secret> localizedkey")]
    [InlineData("juniper_junos", "    encrypted-password \"$6$abc\"; ## SECRET-DATA", "    encrypted-password \"<secret>\"; ## SECRET-DATA")]
    [InlineData("juniper_junos", "    community public {", "    community <secret> {")]
    [InlineData("juniper_junos", "    pre-shared-key ascii-text \"$9$abc\"; ## SECRET-DATA", "    pre-shared-key ascii-text <secret>; ## SECRET-DATA")]
    [InlineData("fortinet", "        set psksecret ENC AbCdEf==", "        set psksecret ENC <secret>")]
    [InlineData("huawei_vrp", " local-user bob password irreversible-cipher $1a$xyz$", " local-user bob password irreversible-cipher <secret>")]
    [InlineData("mikrotik_routeros", "add name=bob password=hunter2 group=full", "add name=bob password=<secret> group=full")]
    [InlineData("vyos", "set system login user bob authentication encrypted-password '$6$x'", "set system login user bob authentication encrypted-password <secret>")]
    [InlineData("frr_vty", "password vtypass", "password <secret>")]
    public void hides_what_only_the_device_needs(string platform, string line, string kept)
    {
        var text = Kept(platform, line).Text;

        Assert.StartsWith(kept + "\n", text, StringComparison.Ordinal);
        Assert.Equal(line.Count(c => c == ' '), text.Split('\n')[0].Count(c => c == ' '));
    }

    [Theory]
    [InlineData("cisco_ios", "service password-encryption")]
    [InlineData("cisco_ios", "key chain OSPF")]
    [InlineData("cisco_ios", " key 1")]
    [InlineData("cisco_ios", "crypto ipsec transform-set T esp-aes 256 esp-sha-hmac")]
    [InlineData("cisco_ios", "no service password-recovery")]
    [InlineData("cisco_ios", "snmp-server location rack 4")]
    [InlineData("cisco_ios", "crypto key generate rsa")]
    [InlineData("juniper_junos", "    host-name core1;")]
    [InlineData("juniper_junos", "        community NO-EXPORT members no-export;")]
    [InlineData("cisco_ios", "aaa authentication login default group tacacs+ local")]
    public void leaves_alone_what_is_no_secret(string platform, string line) => Assert.StartsWith(line + "\n", Kept(platform, line).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("cisco_ios", "! Last configuration change at 10:00:00 UTC Fri Nov 20 2026 by bob")]
    [InlineData("cisco_ios", "Building configuration...")]
    [InlineData("cisco_ios", "Current configuration : 12345 bytes")]
    [InlineData("cisco_ios", "ntp clock-period 17179869")]
    [InlineData("cisco_nxos", "!Time: Fri Nov 20 10:00:00 2026")]
    [InlineData("cisco_xr", "Fri Nov 20 10:00:00.123 UTC")]
    [InlineData("cisco_asa", "Cryptochecksum:0123456789abcdef")]
    [InlineData("juniper_junos", "## Last commit: 2026-11-20 10:00:00 UTC by bob")]
    [InlineData("mikrotik_routeros", "# 2026-11-20 10:00:00 by RouterOS 7.1")]
    [InlineData("fortinet", "#conf_file_ver=123456")]
    public void leaves_out_what_differs_each_time(string platform, string line) => Assert.DoesNotContain(line, Kept(platform, line).Text, StringComparison.Ordinal);

    [Fact]
    public void keeps_secrets_when_that_is_asked_for() => Assert.Equal("password x\nend\n", KeptConfig.Of(Catalog.Get("frr_vty").Backup, ["\r\npassword x\r\nend\r\n\r\n"], withSecrets: true).Kept!.Text);

    [Theory]
    [InlineData("hostname x\n", "the configuration ends with 'hostname x', so it is not whole")]
    [InlineData(" \r\n", "the device printed nothing")]
    public void is_none_when_it_is_not_whole(string printed, string why)
    {
        var (kept, told) = KeptConfig.Of(Catalog.Get("cisco_ios").Backup, [printed], withSecrets: false);

        Assert.Null(kept);
        Assert.Equal(why, told);
    }

    [Fact]
    public void counts_what_it_hid() => Assert.Equal(2, KeptConfig.Of(Catalog.Get("cisco_ios").Backup, ["enable secret 5 $1$x\nsnmp-server community y RO\nend"], withSecrets: false).Kept!.Masked);

    private static KeptConfig Kept(string platform, string line)
    {
        var how = Catalog.Get(platform).Backup;
        return KeptConfig.Of(how, [$"{line}\nend"], withSecrets: false).Kept!;
    }
}
