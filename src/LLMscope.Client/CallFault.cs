namespace LLMscope.Client;

/// <summary>Why a call failed, in the categories of LLMscope.</summary>
public enum CallFault
{
    /// <summary>The request was wrong or not allowed.</summary>
    Client = 1,

    Server = 2,
    Network = 3,

    /// <summary>The model answered nothing that can be used, for example because of a content filter.</summary>
    Model = 4,

    Timeout = 5,

    /// <summary>Refused because of how much was asked for in a time.</summary>
    RateLimit = 6,

    /// <summary>Given up by the application, which is no fault of who answers.</summary>
    Cancelled = 7,
}
