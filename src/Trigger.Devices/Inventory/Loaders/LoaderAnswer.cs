namespace Trigger.Devices.Inventory.Loaders;

/// <summary>What a loader says of a source.</summary>
public abstract record LoaderAnswer
{
    private LoaderAnswer()
    {
    }

    /// <summary>It is of another format. The reason ends the sentence "JSON: …".</summary>
    public sealed record Refused(string Why) : LoaderAnswer;

    /// <param name="Devices">In the source's order.</param>
    /// <param name="Mistakes">All that is wrong, each as <c>file:line: …</c>.</param>
    public sealed record Rows(IEnumerable<InventoryRow> Devices, IReadOnlyList<string> Mistakes) : LoaderAnswer
    {
        /// <summary>For a loader that notes its mistakes while its rows are being taken.</summary>
        internal static Rows All(IEnumerable<InventoryRow> devices, List<string> mistakes) => new(devices.ToList(), mistakes);
    }
}
