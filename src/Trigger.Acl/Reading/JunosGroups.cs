namespace Trigger.Acl.Reading;

/// <summary>Puts inherited statements (<c>apply-groups</c>) where the device would see them.</summary>
internal sealed class JunosGroups(JunosNode root, DiagnosticList said)
{
    private int merged;

    public void Apply()
    {
        if (root.Children.Exists(child => child.Key == "groups") || Mentions(root))
            Apply(root, []);
    }

    private static bool Mentions(JunosNode node) => node.Children.Exists(child => child.Key == "apply-groups" || Mentions(child));

    private void Apply(JunosNode node, List<JunosNode> path)
    {
        foreach (var named in node.Children.Where(child => child is { Key: "apply-groups", Inactive: false }).ToList())
        {
            foreach (var (name, at, _) in named.Values())
            {
                var group = root.Child("groups")?.Child(name) ?? root.Child("groups", name);
                if (group is null)
                    said.Warn(at, $"group '{name}' is not defined in this text: what it adds is not known");
                else
                    Descend(group, path, 0, node);
            }
        }

        foreach (var child in node.Children.Where(child => child.HasBraces && child.Key != "groups").ToList())
            Apply(child, [.. path, child]);
    }

    private void Descend(JunosNode group, List<JunosNode> path, int depth, JunosNode target)
    {
        if (depth == path.Count)
        {
            Merge(target, group);
            return;
        }

        foreach (var child in group.Children.Where(child => Fits(child, path[depth])))
            Descend(child, path, depth + 1, target);
    }

    private void Merge(JunosNode target, JunosNode group)
    {
        // A group that multiplies itself through wildcards must end somewhere.
        if (++merged > 100_000)
            return;
        // What it inherits stands elsewhere in the text.
        if (group.Children.Count > 0)
            (target.Place, target.Inherits) = (null, true);
        foreach (var child in group.Children)
        {
            var same = target.Children.Where(one => one.HasBraces == child.HasBraces && Fits(child, one)).ToList();
            if (child.HasBraces && same.Count > 0)
                same.ForEach(one => Merge(one, child));
            else if (same.Count == 0 && !child.Words.Any(word => word.StartsWith('<')))
                target.Children.Add(child.Copy());
        }
    }

    private static bool Fits(JunosNode pattern, JunosNode node) =>
        pattern.Words.Length == node.Words.Length && pattern.Words.Zip(node.Words).All(pair =>
            pair.First == pair.Second || (pair.First is ['<', .., '>'] && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pair.First.AsSpan(1, pair.First.Length - 2), pair.Second, ignoreCase: false)));
}
