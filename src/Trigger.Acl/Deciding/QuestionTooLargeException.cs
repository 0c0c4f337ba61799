namespace Trigger.Acl.Deciding;

/// <summary>The filters of a question multiply into more boxes than <see cref="Budget.MostBoxes"/>.</summary>
public sealed class QuestionTooLargeException(long most) : Exception($"The lists in these lines multiply into more than {most} combinations, which is more than is answered here.");
