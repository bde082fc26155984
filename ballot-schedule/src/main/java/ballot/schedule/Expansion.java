package ballot.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.expression.visitor.FieldExpressionVisitor;
import com.cronutils.model.field.value.FieldValue;

/** The values that an expression of cron-utils stands for. */
final class Expansion implements FieldExpressionVisitor {

  private final Field field;
  private final Complaint complaint;
  private int step = 1;
  private boolean stepped;
  private long bits;

  Expansion(Field field, Complaint complaint) {
    this.field = field;
    this.complaint = complaint;
  }

  long bits() {
    return bits;
  }

  @Override
  public FieldExpression visit(Always always) {
    add(field.first(), field.last());
    return always;
  }

  @Override
  public FieldExpression visit(QuestionMark any) {
    add(field.first(), field.last());
    return any;
  }

  @Override
  public FieldExpression visit(And list) {
    list.getExpressions().forEach(item -> item.accept(this));
    return list;
  }

  @Override
  public FieldExpression visit(On on) {
    int value = field.fold(value(on.getTime()));
    add(value, stepped ? field.last() : value);
    return on;
  }

  @Override
  public FieldExpression visit(Between range) {
    int from = value(range.getFrom());
    int to = value(range.getTo());
    add(from > to ? field.fold(from) : from, to);
    return range;
  }

  @Override
  public FieldExpression visit(Every every) {
    step = every.getPeriod().getValue();
    stepped = true;
    if (step < 1 || step > field.size()) {
      throw complaint.of("has a step that is not 1-" + field.size());
    }
    return every.getExpression().accept(this);
  }

  private int value(FieldValue<?> written) {
    if (written.getValue() instanceof Integer value && field.allows(value)) {
      return value;
    }
    throw complaint.of("is not allowed");
  }

  private void add(int from, int to) {
    if (from > to) {
      throw complaint.of("runs backwards");
    }
    for (int value = from; value <= to; value += step) {
      bits |= 1L << field.fold(value);
    }
  }
}
