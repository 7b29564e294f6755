namespace LLMscope.Service.Samples;

/// <summary>The errors of one request: the first hundred by name, all by number.</summary>
internal sealed class ItemErrors
{
    private const int MostNamed = 100;

    private readonly List<ItemError> _named = [];
    private int _lastItem = -1;
    private int _ofLastItem;

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
            (_lastItem, _ofLastItem) = (index, 0);
        }

        _ofLastItem++;
        if (_named.Count < MostNamed)
            _named.Add(new ItemError(index, field, message));
    }

    /// <summary>An error of the whole item, in place of those that were found in it so far.</summary>
    public void AddInstead(int index, string message)
    {
        if (index == _lastItem)
        {
            Count -= _ofLastItem;
            _ofLastItem = 0;
            _named.RemoveAll(error => error.Index == index);
        }

        Add(index, "", message);
    }
}
