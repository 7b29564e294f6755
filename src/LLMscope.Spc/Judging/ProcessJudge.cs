using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Judging;

/// <summary>
/// Judges points by a frozen model: forecast, residual, score, all rules, CUSUM, EWMA and level in one step. Immutable: any number of charts
/// share one, each with its own <see cref="ProcessMemory"/>, and a step allocates nothing.
/// </summary>
/// <remarks>Rules compare residuals with lines in their own unit, never rounded scores, so that a classic chart is judged to the last bit as its textbook does.</remarks>
public sealed class ProcessJudge
{
    private readonly RuleJudge _rules;
    private readonly ScoreCurve _curve;
    private readonly CusumParameters? _cusum;
    private readonly EwmaParameters? _ewma;
    private readonly MissingPolicy _missing;
    private readonly Func<double, double> _line;
    private readonly double _clip;
    private readonly double _perScore;
    private readonly bool _foretells;
    private readonly bool _takesPartsAway;
    private readonly bool _checksLevel;

    /// <param name="line">
    /// The line at a signed score, as a residual, where a chart draws its own: exact tails of counts, or lines that were given. The model's where left out.
    /// </param>
    public ProcessJudge(ProcessModel model, Detection detection, MissingPolicy missing = MissingPolicy.Skip, Func<double, double>? line = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(detection);
        if (detection.Judged.HasFlag(RuleSet.Cusum) && detection.Cusum is null)
            throw new ArgumentException("A CUSUM is judged with its numbers k and h.", nameof(detection));
        if (detection.Judged.HasFlag(RuleSet.Ewma) && detection.Ewma is null)
            throw new ArgumentException("An EWMA is judged with its numbers lambda and l.", nameof(detection));

        (Model, Detection, _missing, _clip) = (model, detection, missing, Math.Min(detection.ScoreClip, double.MaxValue));
        _line = line ?? model.Line;
        Limits = RuleLimits.From(_line, detection.Parameters);
        if (model.FarOut is { } far)
            Limits = Limits with { Lower1 = Math.Max(Limits.Lower1, far.Lower), Upper1 = Math.Min(Limits.Upper1, far.Upper) };
        _rules = new RuleJudge(Limits, detection.Judged & RuleSet.All, detection.Parameters, MissingPolicy.Skip);
        _perScore = 1 / model.LongRunScale;
        _foretells = !model.HasConstantLimits;
        _takesPartsAway = model.Adjustment is not null;
        _curve = model.Curve;
        _cusum = detection.Judged.HasFlag(RuleSet.Cusum) ? detection.Cusum : null;
        _ewma = detection.Judged.HasFlag(RuleSet.Ewma) ? detection.Ewma : null;
        _checksLevel = detection.Judged.HasFlag(RuleSet.Level);
    }

    public ProcessModel Model { get; }

    public Detection Detection { get; }

    /// <summary>The lines that the rules compare residuals with, on the transformed scale.</summary>
    public RuleLimits Limits { get; }

    /// <summary>The memory at the end of the baseline, at the start of a segment.</summary>
    public ProcessMemory Start()
    {
        var memory = new ProcessMemory { Forecast = Model.Forecast.Start };
        Break(ref memory);
        return memory;
    }

    /// <summary>Forgets the segment: no pattern or sum reaches back over a gap. What the last values let expect of the next is kept.</summary>
    public void Break(ref ProcessMemory memory)
    {
        memory.Rules = default;
        memory.Cusum = Detection.Cusum?.Start() ?? default;
        memory.Ewma = default;
        memory.OutsideLevels = 0;
    }

    /// <summary>Takes the next point.</summary>
    /// <param name="value">In data units; not a number means missing, as does a point whose circumstances are unknown where they are needed.</param>
    public Judgement Judge(ref ProcessMemory memory, double value, in PointContext context)
    {
        var expected = _foretells ? Model.Expect(memory.Forecast, context) : 0;
        var residual = Model.Scaled(value) - expected;
        if (double.IsNaN(residual))
        {
            if (_missing == MissingPolicy.Break)
                Break(ref memory);
            return Judgement.Missing;
        }

        var signals = _rules.Judge(ref memory.Rules, residual);
        var score = _curve.Score(residual);
        var began = 0;
        if (_cusum is not null || _ewma is not null)
            signals = WithSums(ref memory, score, signals, out began);
        if (_foretells)
            signals = Foretell(ref memory, residual, expected, context, signals);
        return new Judgement(expected, residual, score, signals, began);
    }

    /// <summary>Takes in a point that was judged before, with what was known of it then, so that the next one is judged as if nothing had been interrupted.</summary>
    /// <remarks>The level of an average comes back to the last bit, the lags of an autoregression after as many points, rules after the longest window.</remarks>
    public void Recall(ref ProcessMemory memory, double value, in PointContext context, in RecalledSums then)
    {
        var residual = Model.Scaled(value) - then.Expected;
        if (double.IsNaN(residual))
            return;

        _rules.Judge(ref memory.Rules, residual);
        if (_foretells)
            Foretell(ref memory, residual, then.Expected, context, default);
        if (_cusum is null && _ewma is null)
            return;

        memory.Cusum = new CusumMemory
        {
            Upper = then.CusumUp,
            Lower = then.CusumDown,
            UpperPoints = then.CusumUp > 0 ? memory.Cusum.UpperPoints + 1 : 0,
            LowerPoints = then.CusumDown > 0 ? memory.Cusum.LowerPoints + 1 : 0,
        };
        Detection.Ewma?.Step(ref memory.Ewma, 0); // The start-up factor takes its step,
        memory.Ewma = memory.Ewma with { Average = then.Ewma }; // and the average is as it was.
    }

    /// <summary>The seven zone lines of a point, at one, two and three standard deviations, in data units.</summary>
    public ZoneLimits ZonesAt(double expected) => ZoneLimits.From(k => Model.Draw(_line(k), expected));

    /// <summary>Centre line and control limits of a point in data units: those of R1, with its own width.</summary>
    public (double Centre, double Lower, double Upper) ControlLimitsAt(double expected)
        => (Model.Draw(Limits.Centre, expected), Model.Draw(Limits.Lower1, expected), Model.Draw(Limits.Upper1, expected));

    private RuleSignals WithSums(ref ProcessMemory memory, double score, RuleSignals signals, out int began)
    {
        began = 0;
        var counted = Math.Max(-_clip, Math.Min(_clip, score * _perScore));
        if (_cusum is not null)
        {
            var point = _cusum.Step(ref memory.Cusum, counted);
            began = point.ChangeBegan;
            signals = signals.With(RuleSet.Cusum, point.Signal);
        }

        return _ewma is not null
            ? signals.With(RuleSet.Ewma, _ewma.Step(ref memory.Ewma, counted).Signal)
            : signals;
    }

    private RuleSignals Foretell(ref ProcessMemory memory, double residual, double expected, in PointContext context, RuleSignals signals)
    {
        var adjustment = _takesPartsAway ? Model.Adjustment!.Of(context) : 0;
        Model.Forecast.Learn(ref memory.Forecast, residual + expected - adjustment, expected - adjustment);
        if (Model.Levels is not { } levels)
            return signals;

        var level = Model.Forecast.Expect(memory.Forecast);
        memory.OutsideLevels = level > levels.Upper ? Math.Max(memory.OutsideLevels, 0) + 1
            : level < levels.Lower ? Math.Min(memory.OutsideLevels, 0) - 1
            : 0;
        return _checksLevel && Math.Abs(memory.OutsideLevels) >= Detection.LevelPoints
            ? signals.With(RuleSet.Level, memory.OutsideLevels > 0 ? Direction.Up : Direction.Down)
            : signals;
    }
}
