using System.Data.Common;

namespace Trigger.Storage;

/// <summary>Writes what an event changes in the list of runs.</summary>
internal static class RunChanges
{
    public static void Write(DbTransaction transaction, RunChange change)
    {
        foreach (var (sql, parameters) in Of(change))
            transaction.Run(sql, parameters);
    }

    /// <summary>The statements, with their parameters.</summary>
    public static IEnumerable<(string Sql, (string Name, object? Value)[] Parameters)> Of(RunChange change)
    {
        if (change.New is { } header)
        {
            yield return (
                "insert into run (id, at, started_by, selection, commands, inventory, state) values (@id, @at, @by, @selection, @commands, @inventory, 'running')",
                [
                    ("@id", change.Id), ("@at", Moments.Text(header.At)), ("@by", OutputText.Plain(header.By)), ("@selection", OutputText.Plain(header.Selection)),
                    ("@commands", OutputText.Plain(string.Join('\n', header.Commands))), ("@inventory", OutputText.Plain(string.Join('\n', header.Inventory))),
                ]);
        }

        // Only what is named: a parameter that is NULL has no type that every database can guess.
        var named = new List<(string Column, object Value)>();
        if (change.Devices is { } devices)
            named.Add(("devices", devices));
        if (change.Steps is { } steps)
            named.Add(("steps", steps));
        if (change.State is { } state)
            named.Add(("state", state));
        if (change.FinishedAt is { } at)
            named.Add(("finished_at", Moments.Text(at)));
        if (named.Count > 0)
        {
            yield return (
                $"update run set {string.Join(", ", named.Select(pair => $"{pair.Column} = @{pair.Column}"))} where id = @id",
                [("@id", change.Id), .. named.Select(pair => ($"@{pair.Column}", (object?)pair.Value))]);
        }
    }
}
