namespace Trigger.Devices.Inventory;

/// <summary>One term of a selection.</summary>
internal sealed record SelectionTerm(SelectionWord Word, bool Negated, bool IsName, bool AsksForStatus, Func<NetDevice, bool> Holds)
{
    public string Place => $"Column {Word.Column}";
}
