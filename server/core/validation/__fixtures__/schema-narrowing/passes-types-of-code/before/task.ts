export interface Task {
  id?: string;
  due: string | number;
}
