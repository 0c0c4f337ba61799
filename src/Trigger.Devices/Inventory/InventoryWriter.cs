using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace Trigger.Devices.Inventory;

/// <summary>
/// Writes devices in the formats that inventories are read from, under the field names of their source, so that what is read back is the same devices. Where a format has no room for a
/// field, it says which were left out.
/// </summary>
public static class InventoryWriter
{
    private static readonly string[] Rancid = ["nodeName", "manufacturer", "deviceStatus", "deviceType", "adminStatus"];

    /// <summary>What can be written as text.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "csv", "xml", "rancid", "ansible", "nornir"];

    /// <summary>A device's fields in the order of their source's names, its passwords among them when they are asked for.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> FieldsOf(NetDevice device, bool passwords)
    {
        ArgumentNullException.ThrowIfNull(device);
        var fields = device.Fields.OrderBy(field => field.Key.Equals("nodeName", StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(field => field.Key, StringComparer.OrdinalIgnoreCase).ToList();
        if (!device.Fields.ContainsKey("nodeName"))
            fields.Insert(0, KeyValuePair.Create("nodeName", (string?)device.Name));
        foreach (var (name, secret) in new[] { ("loginPW", device.LoginPassword), ("enablePW", device.EnablePassword) })
        {
            if (passwords && secret is not null)
                fields.Add(KeyValuePair.Create(name, (string?)Encoding.UTF8.GetString(secret.Utf8)));
        }

        return fields;
    }

    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="passwords">Whether the rows' own passwords are written, too.</param>
    /// <param name="left">Takes what the format has no room for.</param>
    public static string Text(string format, IReadOnlyList<NetDevice> devices, bool passwords, List<string> left)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(left);
        var rows = devices.Select(device => (Device: device, Fields: FieldsOf(device, passwords))).ToList();
        return format switch
        {
            "json" => Json(rows.Select(row => row.Fields)),
            "csv" => Csv([.. rows.Select(row => row.Fields)]),
            "xml" => Xml(rows.Select(row => row.Fields), left),
            "rancid" => RouterDb(rows, left),
            "ansible" => Ansible(rows),
            "nornir" => Nornir(rows),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This is no format that is written."),
        };
    }

    private static string Json(IEnumerable<IReadOnlyList<KeyValuePair<string, string?>>> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var (name, value) in row)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static string Csv(List<IReadOnlyList<KeyValuePair<string, string?>>> rows)
    {
        var header = rows.SelectMany(row => row.Select(field => field.Key)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var text = new StringBuilder(string.Join(',', header.Select(Cell))).Append('\n');
        foreach (var row in rows)
        {
            var fields = row.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
            text.Append(string.Join(',', header.Select(name => Cell(fields.GetValueOrDefault(name) ?? "")))).Append('\n');
        }

        return text.ToString();
    }

    // A # at the beginning of a line would make it a remark.
    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 && !text.StartsWith('#') && text.Trim().Length == text.Length ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Xml(IEnumerable<IReadOnlyList<KeyValuePair<string, string?>>> rows, List<string> left)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CheckCharacters = false, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("NetDevices");
            foreach (var row in rows)
            {
                xml.WriteStartElement("device");
                xml.WriteAttributeString("nodeName", Clean(row[0].Value));
                foreach (var (name, value) in row)
                {
                    if (IsName(name))
                        xml.WriteElementString(name, Clean(value));
                    else if (!left.Contains(name))
                        left.Add(name);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    // XML 1.0 has no way at all to say a control character.
    private static string Clean(string? text) => text is null ? "" : string.Concat(text.Where(XmlConvert.IsXmlChar));

    private static bool IsName(string name)
    {
        try
        {
            return XmlConvert.VerifyNCName(name) == name;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static string RouterDb(IEnumerable<(NetDevice Device, IReadOnlyList<KeyValuePair<string, string?>> Fields)> rows, List<string> left)
    {
        var text = new StringBuilder();
        foreach (var (device, fields) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{device.Name};{(device.Vendor.Length > 0 ? device.Vendor : device.Platform)};{(device.IsInProduction ? "up" : "down")};{device.DeviceType.ToLowerInvariant()}\n");
            foreach (var (name, value) in fields)
            {
                if (value is not null && !Rancid.Contains(name, StringComparer.OrdinalIgnoreCase) && !left.Contains(name))
                    left.Add(name);
            }
        }

        return text.ToString();
    }

    // What Ansible has words for is said in its words, and again in ours, so that it is the same device when it is read here.
    private static string Ansible(List<(NetDevice Device, IReadOnlyList<KeyValuePair<string, string?>> Fields)> rows)
    {
        var text = new StringBuilder(rows.Count > 0 ? "all:\n  hosts:\n" : "all: {}\n");
        foreach (var (device, fields) in rows)
        {
            text.Append("    ").Append(Quoted(device.Name)).Append(":\n");
            Line(text, "ansible_host", device.Host);
            if (device.Port is { } port)
                Line(text, "ansible_port", port.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, value) in fields.Skip(1).Where(field => field.Value is not null && !field.Key.Equals("groups", StringComparison.OrdinalIgnoreCase)))
                Line(text, name switch { "loginPW" => "ansible_password", "enablePW" => "ansible_become_password", "username" => "ansible_user", _ => name }, value!);
        }

        var groups = rows.SelectMany(row => row.Device.Groups.Select(group => (Group: group, row.Device.Name))).GroupBy(pair => pair.Group).OrderBy(same => same.Key, StringComparer.Ordinal).ToList();
        if (groups.Count > 0)
            text.Append("  children:\n");
        foreach (var group in groups)
        {
            text.Append("    ").Append(Quoted(group.Key)).Append(":\n      hosts:\n");
            foreach (var (_, name) in group)
                text.Append("        ").Append(Quoted(name)).Append(": {}\n");
        }

        return text.ToString();
    }

    private static string Nornir(IEnumerable<(NetDevice Device, IReadOnlyList<KeyValuePair<string, string?>> Fields)> rows)
    {
        var text = new StringBuilder("---\n");
        foreach (var (device, fields) in rows)
        {
            text.Append(Quoted(device.Name)).Append(":\n  \"hostname\": ").Append(Quoted(device.Host)).Append("\n  \"platform\": ").Append(Quoted(device.Platform)).Append('\n');
            if (device.Port is { } port)
                text.Append("  \"port\": ").Append(port).Append('\n');
            foreach (var (name, value) in fields.Where(field => field is { Key: "loginPW" or "username", Value: not null }))
                text.Append("  ").Append(Quoted(name == "loginPW" ? "password" : name)).Append(": ").Append(Quoted(value!)).Append('\n');
            text.Append("  \"data\":\n");
            foreach (var (name, value) in fields.Skip(1).Where(field => field.Key is not ("loginPW" or "username") && field.Value is not null).DefaultIfEmpty(KeyValuePair.Create("platform", (string?)device.Platform)))
                text.Append("    ").Append(Quoted(name)).Append(": ").Append(Quoted(value!)).Append('\n');
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append("      ").Append(Quoted(name)).Append(": ").Append(Quoted(value)).Append('\n');

    // A JSON string is a double-quoted scalar of YAML 1.2.
    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
