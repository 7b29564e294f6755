namespace LLMscope.Service.Samples;

/// <summary>The errors of one request: the first hundred by name, all by number.</summary>
internal sealed class ItemErrors
{
    private const int MostNamed = 100;

    private readonly List<ItemError> _named = [];
    private int _lastItem = -1;

    public int Count { get; private set; }

    /// <summary>How many items are wrong. Errors come in the order of items.</summary>
    public int Items { get; private set; }

    public IReadOnlyList<ItemError> Named => _named;

    public void Add(int index, string field, string message)
    {
        Count++;
        if (index != _lastItem)
        {
            Items++;
            _lastItem = index;
        }

        if (_named.Count < MostNamed)
            _named.Add(new ItemError(index, field, message));
    }
}
