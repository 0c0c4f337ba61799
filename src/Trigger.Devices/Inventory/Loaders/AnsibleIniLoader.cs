namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Ansible's INI inventory: hosts with <c>key=value</c> behind them, in <c>[groups]</c>, with <c>[group:vars]</c> and <c>[group:children]</c>, and ranges in names.</summary>
public sealed class AnsibleIniLoader : IInventoryLoader
{
    public string Name => "Ansible INI";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
            return new LoaderAnswer.Refused("it is a directory");
        if (source.WhyNotText is { } why)
            return new LoaderAnswer.Refused(why);
        if (CsvRows.BeginsWithHeader(source.Text))
            return new LoaderAnswer.Refused("its first line is the header of comma-separated values"); // Whose cells may go over lines, and say anything there.
        if (!LooksLikeIni(source.Text))
            return new LoaderAnswer.Refused("it has no [group] and no host with key=value behind it");

        var mistakes = new List<string>();
        var inventory = new AnsibleInventory();
        var (section, kind) = ("ungrouped", "hosts");
        var number = 0;
        foreach (var line in source.Text.Split('\n'))
        {
            number++;
            var where = $"{source.Name}:{number}";
            if (Meaningful(line) is not { } text)
                continue;
            if (text[0] == '[')
                (section, kind) = Section(text, where, inventory, mistakes) ?? (section, "nothing");
            else
                Read(text, where, section, kind, inventory, mistakes);
        }

        AnsibleVariableFiles.Read(source, inventory, mistakes);
        return new LoaderAnswer.Rows(inventory.Rows(), mistakes);
    }

    private static bool LooksLikeIni(string text)
    {
        foreach (var line in text.Split('\n').Select(Meaningful).OfType<string>().Take(50))
        {
            if (line[0] == '[' && line.EndsWith(']') && !line.Contains(',', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(line[1..^1], out _))
                return true;
            if (AnsibleWords.Split(line) is [var host, .. { Count: > 0 } rest] && !host.Contains(',', StringComparison.Ordinal) && rest.All(IsAssignment))
                return true;
        }

        return false;
    }

    private static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) > 0;

    private static (string Section, string Kind)? Section(string text, string where, AnsibleInventory inventory, List<string> mistakes)
    {
        if (!text.EndsWith(']'))
        {
            mistakes.Add($"{where}: '{text}' has no closing bracket.");
            return null;
        }

        var parts = text[1..^1].Trim().Split(':');
        var kind = parts.Length > 1 ? parts[1] : "hosts";
        if (parts.Length > 2 || parts[0].Length == 0 || kind is not ("hosts" or "vars" or "children"))
        {
            mistakes.Add($"{where}: '{text}' is neither [group], [group:vars] nor [group:children].");
            return null;
        }

        inventory.AddGroup(parts[0]);
        return (parts[0], kind);
    }

    private static void Read(string text, string where, string section, string kind, AnsibleInventory inventory, List<string> mistakes)
    {
        switch (kind)
        {
            case "vars":
                if (AnsibleWords.Assignment(text) is var (name, value))
                    inventory.SetGroupVariable(section, name, value);
                else
                    mistakes.Add($"{where}: '{text}' is not of the form name=value.");
                break;
            case "children":
                inventory.AddChild(section, text);
                break;
            case "hosts":
                Host(text, where, section, inventory, mistakes);
                break;
        }
    }

    private static void Host(string text, string where, string section, AnsibleInventory inventory, List<string> mistakes)
    {
        var words = AnsibleWords.Split(text);
        if (AnsibleWords.Hosts(words[0]) is not { } hosts)
        {
            mistakes.Add($"{where}: the range in '{words[0]}' is not of the form [01:20] or [a:f], or names more than {AnsibleWords.MostHosts} hosts.");
            return;
        }

        var variables = words.Skip(1).Select(AnsibleWords.Assignment).ToList();
        for (var i = 0; i < variables.Count; i++)
        {
            if (variables[i] is null)
                mistakes.Add($"{where}: '{words[i + 1]}' is not of the form name=value.");
        }

        foreach (var host in hosts)
        {
            inventory.AddHost(section, host, where);
            foreach (var variable in variables)
            {
                if (variable is var (name, value))
                    inventory.SetHostVariable(host, name, value);
            }
        }
    }

    private static string? Meaningful(string line) => line.Trim() is { Length: > 0 } text && text[0] is not ('#' or ';') ? text : null;
}
