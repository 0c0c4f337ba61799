namespace Trigger.Files.Ssh;

/// <summary>What a talk needs of the world.</summary>
/// <param name="Client">For people: user and address.</param>
/// <param name="Send">Takes bytes for the client, in order; they do not change afterwards.</param>
/// <param name="End">Ends the channel with an exit status, after what was sent.</param>
/// <param name="Tell">Told of each transfer that is over.</param>
public sealed record FileTalkSetup(FileRoot Root, string Client, Action<ReadOnlyMemory<byte>> Send, Action<int> End, Action<TransferNews> Tell);
