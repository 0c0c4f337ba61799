namespace Trigger.Storage;

/// <summary>What somebody has asked of a run.</summary>
/// <param name="Id">Grows with every word.</param>
/// <param name="By">Who left it.</param>
public sealed record RunWord(long Id, string What, string By);
