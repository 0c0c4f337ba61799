using System.Text;

namespace Trigger.Sessions.Rehearsals;

/// <summary>The commands of a dialogue, and what must come of each.</summary>
internal sealed class RehearsedSteps
{
    private readonly List<Wanted> wanted = [];

    public RehearsedSteps(Dialogue dialogue, string farewell, string pagerAnswer)
    {
        var moves = dialogue.Moves.SkipWhile(move => move is not DialogueMove.Ready).ToList();
        for (var i = 0; i < moves.Count; i++)
        {
            if (moves[i] is DialogueMove.Types typed && !(typed.Text == farewell && IsLast(moves, i)))
                wanted.Add(Read(moves, i, typed, pagerAnswer));
        }
    }

    /// <param name="Output">The answer, lines ended by LF; null when questions stand in it, whose echo makes it less than plain.</param>
    public sealed record Wanted(int Line, string Command, bool Refused, string Mode, string? Output);

    public IReadOnlyList<Wanted> All => wanted;

    private static bool IsLast(List<DialogueMove> moves, int index) => !moves.Skip(index + 1).Any(move => move is DialogueMove.Types);

    private static Wanted Read(List<DialogueMove> moves, int index, DialogueMove.Types typed, string pagerAnswer)
    {
        var screen = new Screen();
        var plain = true;
        DialogueMove.Outcome? outcome = null;
        for (var i = index + 1; i < moves.Count && moves[i] is not DialogueMove.Types; i++)
        {
            plain &= moves[i] is not DialogueMove.Answers && (moves[i] is not DialogueMove.Presses pressed || pressed.Keys == pagerAnswer);
            outcome ??= moves[i] as DialogueMove.Outcome;
            if (moves[i] is DialogueMove.Says { WholeLine: true } says)
                screen.Show(Encoding.UTF8.GetBytes(RehearsedDevice.Filled(says.Text)));
        }

        return new Wanted(typed.Line, typed.Text, outcome?.Refused == true, outcome?.Mode ?? "", plain ? screen.Text.ToString() : null);
    }
}
