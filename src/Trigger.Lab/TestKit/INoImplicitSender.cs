namespace Trigger.Lab.TestKit;

/// <summary>A test class with this mark sends without a sender; others send as their test actor.</summary>
public interface INoImplicitSender;
