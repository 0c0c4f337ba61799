using System.Text;
using Trigger.Devices.Platforms;

namespace Trigger.Lab;

/// <summary>What a pretended device answers. The same device always gives the same answers, but for the clock.</summary>
internal static class LabAnswers
{
    private const int VersionLength = 5000;

    /// <summary>About five kilobytes, as real devices give.</summary>
    public static string Version(LabDevice device, Platform platform)
    {
        var random = Seeded(device.Name);
        var text = new StringBuilder();
        if (platform.Signs.Shown.Length > 0)
            text.Append(platform.Signs.Shown).Append("\r\n");
        text.Append($"{platform.Title} Software, Version {random.Next(10, 20)}.{random.Next(9)}.{random.Next(9)}, Trigger Lab release\r\n");
        text.Append($"{device.Name} uptime is {random.Next(1, 90)} weeks, {random.Next(7)} days, {random.Next(24)} hours\r\n");
        text.Append($"Platform {platform.Id}, serial number LAB{random.Next(100_000_000):D8}\r\n\r\n");
        for (var unit = 1; text.Length < VersionLength; unit++)
            text.Append($"Unit {unit,3}: image flash:/lab-{random.Next(1 << 20):x5}.bin, memory {random.Next(1, 64) * 1024} KB, checksum {random.Next():x8}\r\n");
        text.Append($"Configuration register on {device.Name} is 0x2102\r\n");
        return text.ToString();
    }

    public static string Clock(TimeProvider time) => time.GetUtcNow().ToString("HH:mm:ss.fff 'UTC' ddd MMM d yyyy") + "\r\n";

    public static string Config(string hostName, LabDevice device, IEnumerable<string> accepted)
    {
        var text = new StringBuilder($"! Last configuration of {hostName}\r\nhostname {hostName}\r\n!\r\n").Append(Ports(device));
        foreach (var line in accepted)
            text.Append(line).Append("\r\n");
        return text.Append("end\r\n").ToString();
    }

    /// <summary>Its interfaces alone, in the platform's own form.</summary>
    public static string Interfaces(LabDevice device, InterfaceSource source, string command)
    {
        if (command != source.Commands[0])
            return "";
        if (source.Form == InterfaceForm.Ios)
            return Ports(device);

        var random = Seeded(device.Name);
        var text = new StringBuilder("<rpc-reply><configuration><interfaces>\r\n");
        for (var port = 1; port <= 4; port++)
        {
            text.Append($"<interface><name>ge-0/0/{port}</name><description>to rack {random.Next(40)}</description><unit><name>0</name><family><inet>")
                .Append($"<filter><input><filter-name>edge-in</filter-name></input></filter><address><name>10.{random.Next(256)}.{port}.1/24</name></address></inet></family></unit></interface>\r\n");
        }

        return text.Append($"<interface><name>irb</name><unit><name>100</name><family><inet><address><name>10.200.0.{Meeting(device)}/24</name></address></inet></family></unit></interface>\r\n")
            .Append("</interfaces></configuration></rpc-reply>\r\n").ToString();
    }

    public static string Inventory(LabDevice device, Platform platform)
    {
        var random = Seeded(device.Name);
        var text = new StringBuilder();
        for (var slot = 0; slot < 4; slot++)
            text.Append($"NAME: \"slot {slot}\", DESCR: \"{platform.Title} line card\"\r\nPID: LAB-LC-{slot}, VID: V0{slot + 1}, SN: LAB{random.Next(100_000_000):D8}\r\n\r\n");
        return text.ToString();
    }

    /// <summary>Numbered lines, for tests that need an answer of a known length.</summary>
    public static string Lines(int count)
    {
        var text = new StringBuilder();
        for (var line = 1; line <= count; line++)
            text.Append($"line {line}\r\n");
        return text.ToString();
    }

    private static string Ports(LabDevice device)
    {
        var random = Seeded(device.Name);
        var text = new StringBuilder();
        for (var port = 1; port <= 12; port++)
            text.Append($"interface Ethernet1/{port}\r\n description to rack {random.Next(40)}\r\n ip address 10.{random.Next(256)}.{port}.1 255.255.255.0\r\n!\r\n");
        return text.Append($"interface Vlan100\r\n ip address 10.200.0.{Meeting(device)} 255.255.255.0\r\n ip access-group EDGE-IN in\r\n!\r\n").ToString();
    }

    // All devices meet in one network, as those of one site do.
    private static int Meeting(LabDevice device) => Seeded(device.Name + "!").Next(1, 255);

    // string.GetHashCode differs from process to process; a lab that is started again must give the same answers.
    private static Random Seeded(string name) => new(name.Aggregate(17, static (seed, c) => unchecked((seed * 31) + c)));
}
